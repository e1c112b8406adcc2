/** `npm run -s admin -- revoke`: ends what a person, a client or a token may do, before it expires. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Revocation } from '@fieldnotes/core/revocation'
import { restOfSecond } from '@fieldnotes/table/instants'
import { parseWords } from '../flags.ts'
import { UsageError } from '../usage-error.ts'
import type { AdminTarget } from './admin-target.ts'
import { endSessions } from './end-sessions.ts'
import { parseRevocation } from './parse-revocation.ts'
import { personId, personIdAt } from './person-operand.ts'
import { revocationJson, revocationText } from './print-revocation.ts'
import { assertTarget, everyFlag, reachTarget } from './reach-target.ts'
import { revokeHelp } from './revoke-help.ts'
import { writeRevocation } from './write-revocation.ts'

const options = {
  issuer: { type: 'string' },
  at: { type: 'string' },
  ...everyFlag,
} as const

/** Runs the command. @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach */
export async function revoke(words: readonly string[]): Promise<void> {
  const { values: flags, positionals } = parseWords(words, options, 'npm run -s admin -- revoke --help')
  if (flags.help) return void process.stdout.write(revokeHelp)
  const now = Math.floor(Date.now() / 1000)
  const context = { issuer: flags.issuer, at: flags.at, now }
  assertTarget(flags)
  // Wrong words are reported before anything is reached. Names of people can be looked up only afterwards.
  parseRevocation(positionals, { ...context, personIdOf: flags.stage === undefined ? String : personId })
  const target = await reachTarget(flags, ['revoke', ...words])
  if (!target) return
  const personIdOf = (text: string, issuer: string | undefined) => personIdAt(target.issuers, text, issuer)
  const revocation = parseRevocation(positionals, { ...context, personIdOf })
  assertIssuer(revocation, target)
  const written = flags.yes ? await writeRevocation(target.access, revocation) : undefined
  const ended = flags.yes ? await endSessions(target.access, revocation, flags.at === undefined) : undefined
  if (written !== undefined && 'at' in revocation) await wait(restOfSecond(revocation.at, Date.now()))
  const result = { target, revocation, written: flags.yes, now: written ?? now, ended }
  process.stdout.write(flags.json ? revocationJson(result) : revocationText(result))
}

/** An entry with the name of no issuer would be written and refuse no token. */
function assertIssuer(revocation: Revocation, { name, issuerNames }: AdminTarget): void {
  if (!('issuer' in revocation)) return
  const names = issuerNames()
  if (names.includes(revocation.issuer)) return
  throw new UsageError(`--issuer on ${name} takes ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}.`)
}
