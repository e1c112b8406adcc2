/**
 * `npm run explain`: sends a query to the local cloud as the given caller, and prints the rule, the decision and its
 * reason for each field.
 */
import { parseArgs } from 'node:util'
import { explanation } from '@fieldnotes/api/explain'
import { createHandler } from '@fieldnotes/api/server'
import { startCloud } from './cloud.ts'
import { hasDatabase } from './database.ts'
import { type ExplainedResponse, explanationText } from './explanation-text.ts'
import { defaultFolder } from './flags.ts'
import { parseIssuer } from './issuers/issuer-flag.ts'
import { runningIssuers } from './issuers/issuers-file.ts'
import { type LocalIssuer, mint } from './issuers/local-issuers.ts'
import { parsePort } from './parse-settings.ts'
import { naming } from './person-names.ts'
import { runCommand, UsageError, wordsOf } from './usage-error.ts'

const help = `npm run -s explain -- [options] 'query…'

  --as NAME           the caller: alice, bob, carol, …; anonymous by default
  --issuer NAME       cognito (the default), firebase or fieldnotes
  --scope "A B"       scopes in place of the default ones
  --group NAME        a group of the person; may be repeated
  --variables JSON    the variables of the query
  --data FOLDER       the data folder, .local by default
  --help              this text

Sends the query to the running cloud, or starts one for this query only.
`

const options = {
  as: { type: 'string' },
  issuer: { type: 'string', default: 'cognito' },
  scope: { type: 'string' },
  group: { type: 'string', multiple: true },
  variables: { type: 'string', default: '{}' },
  data: { type: 'string', default: defaultFolder },
  help: { type: 'boolean', default: false },
} as const

function parse() {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${wordsOf(error)} Try npm run explain -- --help`)
  }
}

type Flags = ReturnType<typeof parse>['values']

async function tokenFor({ as: person, issuer, scope, group: groups = [] }: Flags, issuers: readonly LocalIssuer[]) {
  if (person === undefined) return undefined
  const issuerName = parseIssuer(issuer, groups)
  const row = issuers.find(({ name }) => name === issuerName)
  if (!row) throw new UsageError(`The running cloud has no issuer ${issuerName}. Start it again.`)
  const issuedAt = Math.floor(Date.now() / 1000)
  return mint(row, { person, issuedAt, expiresAt: issuedAt + 300, scope, groups })
}

function parseVariables(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('--variables takes JSON.')
  }
}

async function sendQuery(flags: Flags, issuers: readonly LocalIssuer[], query: string): Promise<ExplainedResponse> {
  const [row] = issuers
  if (!row) throw new UsageError('The local cloud has no issuers.')
  const token = await tokenFor(flags, issuers)
  const response = await fetch(new URL('/graphql', row.issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables: parseVariables(flags.variables) }),
  })
  return (await response.json()) as ExplainedResponse
}

/**
 * Starts a cloud for one query. It uses the configured port, because the port is part of the issuers' addresses and so
 * of people's ids.
 */
async function startBriefly(folder: string) {
  const endpoint = process.env.DYNAMODB_ENDPOINT || undefined
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const log = () => {}
  return startCloud({
    port: parsePort(process.env.PORT),
    folder,
    ephemeral: !endpoint && !hasDatabase(folder),
    endpoint,
    region: process.env.AWS_REGION || 'eu-west-1',
    log,
    createHandler: (config) =>
      createHandler(config, { loopbackIssuers: 'trust', environment: process.env, log, explanation }),
  })
}

await runCommand(async () => {
  const { values: flags, positionals } = parse()
  if (flags.help) return void process.stdout.write(help)
  const [query, ...more] = positionals
  if (query === undefined || more.length > 0)
    throw new UsageError("Say one query, in quotes: npm run explain -- --as bob '{ me { id } }'")
  const cloud = runningIssuers(flags.data) ? undefined : await startBriefly(flags.data)
  try {
    const issuers = runningIssuers(flags.data) ?? []
    const named = naming(issuers, flags.as === undefined ? [] : [flags.as])
    process.stdout.write(explanationText(await sendQuery(flags, issuers, query), named))
  } finally {
    await cloud?.stop()
  }
})
