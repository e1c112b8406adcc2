/**
 * `npm run -s token`: prints one bearer token of the local cloud, or of a stage, to standard output, without any other
 * text.
 */

import { openFolder } from './data-folder.ts'
import { defaultFolder, parseFlags } from './flags.ts'
import { parseIssuer } from './issuers/issuer-flag.ts'
import { runningIssuers } from './issuers/issuers-file.ts'
import { issuersAt, type LocalIssuer, mint } from './issuers/local-issuers.ts'
import { keysOf } from './issuers/signing-keys.ts'
import type { Claims } from './issuers/token-claims.ts'
import { parsePort } from './parse-settings.ts'
import type { StageTokenFlags } from './stage/stage-token.ts'
import { runCommand, UsageError } from './usage-error.ts'

const help = `npm run -s token -- --issuer cognito|firebase|fieldnotes --as alice [options]

  --issuer NAME       cognito, firebase, or fieldnotes: the API's own issuer, for the person that cognito has
  --as NAME           the person: alice, bob, carol, or any other lower-case name
  --scope "A B"       scopes in place of the default ones, such as "notes:read notes:write"
  --group NAME        a group of the person; may be repeated
  --claim KEY=VALUE   sets a claim to JSON, or to text where VALUE is no JSON; may be repeated
  --expires-in N      seconds until it expires, 3600 by default; negative is already expired (--expires-in=-60)
  --data FOLDER       the data folder, .local by default
  --help              this text

npm run -s token -- --stage NAME [--scope "A B"] [--machine]

  --stage NAME        a deployed stage: prints an address on standard error, and waits until a person has signed in
                      there. It reads the stage with the credentials of a deployment
  --machine           the token of the stage's own program (client credentials); no person signs in
`

const options = {
  issuer: { type: 'string' },
  as: { type: 'string' },
  scope: { type: 'string' },
  group: { type: 'string', multiple: true },
  claim: { type: 'string', multiple: true },
  'expires-in': { type: 'string' },
  data: { type: 'string' },
  stage: { type: 'string' },
  machine: { type: 'boolean', default: false },
  help: { type: 'boolean' },
} as const

/** Options of tokens that the laptop mints. A stage has people, who sign in. */
const laptopOnly = ['issuer', 'as', 'group', 'claim', 'expires-in', 'data'] as const

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function parseClaim(text: string): [string, unknown] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (key === undefined || value === undefined) throw new UsageError(`--claim takes KEY=VALUE, not "${text}".`)
  return [key, jsonOr(value)]
}

function parseSeconds(text: string): number {
  if (/^-?\d{1,10}$/.test(text)) return Number(text)
  throw new UsageError(`--expires-in takes whole seconds, not "${text}".`)
}

function parsePerson(text: string | undefined): string {
  if (text !== undefined && /^[a-z][a-z0-9-]{0,31}$/.test(text)) return text
  throw new UsageError(
    '--as takes a name, such as alice, bob or carol (lower-case letters, digits, dashes; at most 32).',
  )
}

/**
 * Issuers of the running cloud. Without one, issuers at the configured port with the stored keys, which are generated
 * on first use.
 */
async function issuersOf(folder: string): Promise<readonly LocalIssuer[]> {
  openFolder(folder)
  return runningIssuers(folder) ?? issuersAt(`http://127.0.0.1:${parsePort(process.env.PORT)}`, await keysOf(folder))
}

interface StageFlags extends StageTokenFlags {
  readonly [name: string]: unknown
}

function times(expiresIn: number, now: number) {
  return {
    issuedAt: expiresIn > 0 ? now : now + expiresIn - 3600,
    expiresAt: now + expiresIn,
  }
}

async function printStageToken(flags: StageFlags, words: readonly string[]): Promise<void> {
  const stray = laptopOnly.find((name) => flags[name] !== undefined)
  if (stray) throw new UsageError(`--${stray} does not go with --stage: its people sign in.`)
  const { stageToken } = await import('./stage/stage-token.ts')
  const token = await stageToken(flags, words)
  if (token !== undefined) process.stdout.write(`${token}\n`)
}

await runCommand(async () => {
  const words = process.argv.slice(2)
  const { stage, ...flags } = parseFlags(words, options, 'npm run -s token -- --help')
  if (flags.help) return void process.stdout.write(help)
  if (stage !== undefined) return printStageToken({ ...flags, stage, scope: flags.scope }, words)
  if (flags.machine) throw new UsageError('--machine goes with --stage. The laptop lists its clients in clients.json.')
  const { group: groups = [] } = flags
  const issuerName = parseIssuer(flags.issuer, groups)
  const person = parsePerson(flags.as)
  const claims: Claims = Object.fromEntries((flags.claim ?? []).map(parseClaim))
  const seconds = times(parseSeconds(flags['expires-in'] ?? '3600'), Math.floor(Date.now() / 1000))
  const issuer = (await issuersOf(flags.data ?? defaultFolder)).find(({ name }) => name === issuerName)
  if (!issuer) throw new UsageError(`The running cloud has no issuer ${issuerName}. Start it again.`)
  const token = await mint(issuer, { person, ...seconds, scope: flags.scope, groups }, claims)
  process.stdout.write(`${token}\n`)
})
