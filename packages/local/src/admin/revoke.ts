/** `npm run -s admin -- revoke`: ends what a person, a client or a token may do, before it expires. */
import { AppError } from '@fieldnotes/core/error'
import type { Revocation } from '@fieldnotes/core/revocation'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { createTable } from '@fieldnotes/table/table'
import { defaultFolder, parseWords } from '../flags.ts'
import { CommandFailed, UsageError, wordsOf } from '../usage-error.ts'
import { type AdminTarget, laptopTarget, stageTarget } from './admin-target.ts'
import { assertClock } from './clock-check.ts'
import { parseInstant } from './parse-instant.ts'
import { parseRevocation } from './parse-revocation.ts'
import { personId, personIdAt } from './person-operand.ts'
import { revocationJson, revocationText } from './print-revocation.ts'
import { revokeHelp } from './revoke-help.ts'
import { stageOfShell } from './stage-links.ts'
import { runInShell } from './stage-shell.ts'

const options = {
  issuer: { type: 'string' },
  at: { type: 'string' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  stage: { type: 'string' },
  data: { type: 'string', default: defaultFolder },
  help: { type: 'boolean', default: false },
} as const

/** Milliseconds for the write, all attempts together. */
const writeMs = 6000

/** Runs the command. @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach */
export async function revoke(words: readonly string[]): Promise<void> {
  const { values: flags, positionals } = parseWords(words, options, 'npm run -s admin -- revoke --help')
  if (flags.help) return void process.stdout.write(revokeHelp)
  const now = Math.floor(Date.now() / 1000)
  const context = { issuer: flags.issuer, at: parseInstant(flags.at, now) }
  if (flags.stage !== undefined) assertStage(flags.stage)
  // Wrong words are reported before anything is reached. Names of people can be looked up only afterwards.
  parseRevocation(positionals, { ...context, personIdOf: flags.stage === undefined ? String : personId })
  if (flags.stage !== undefined && stageOfShell(process.env) === undefined)
    return runInShell(flags.stage, ['revoke', ...words])
  const target = flags.stage === undefined ? laptopTarget(flags.data) : stageTarget(flags.stage, process.env)
  const personIdOf = (text: string) => personIdAt(target.issuers, flags.issuer ?? 'cognito', text)
  const revocation = parseRevocation(positionals, { ...context, personIdOf })
  if (flags.yes) await write(target, revocation)
  const result = { target, revocation, written: flags.yes, now }
  process.stdout.write(flags.json ? revocationJson(result) : revocationText(result))
}

function assertStage(name: string): void {
  if (!/^[A-Za-z0-9-]{1,39}$/.test(name))
    throw new UsageError('--stage takes the name of a stage: letters, digits and hyphens.')
}

/** A write without an answer may have happened. To repeat the command is harmless. */
async function write({ access }: AdminTarget, revocation: Revocation): Promise<void> {
  await assertClock(access)
  const table = createTable(access).until({ at: Date.now() + writeMs, clock: Date.now })
  try {
    await writeRevocation(table, revocation, Date.now())
  } catch (error) {
    const reason = error instanceof AppError ? error.reason : wordsOf(error)
    throw new CommandFailed(`The table ${access.name} gave no answer (${reason}), so run the command again.`)
  }
}
