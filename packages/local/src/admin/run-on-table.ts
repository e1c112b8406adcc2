/** Runs what changes or lists items of the table Access: a dry run first, then the write, and one JSON object. */
import { AppError } from '@fieldnotes/core/error'
import { createTable, type Table } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { CommandFailed, UsageError, wordsOf } from '../usage-error.ts'
import type { AdminTarget } from './admin-target.ts'
import { assertTarget, reachTarget, type TargetFlags } from './reach-target.ts'

/** What a run does, once its words are understood. */
export interface Run {
  /** Writes or reads, and returns what is printed. */
  readonly act: (table: Table, access: TableConfig) => Promise<object>
  /** What a dry run prints; undefined for a run that writes nothing. */
  readonly plan?: object
  /** Fails in a dry run as `act` would, and writes nothing. */
  readonly rehearse?: (table: Table) => Promise<unknown>
  /** Names of issuers that the target has to trust. */
  readonly issuers?: readonly string[]
}

/** What a dry run prints, and what the run prints, beside the id. */
export interface Shown {
  readonly plan: object
  readonly done: object
}

/** A change of what is stored. */
interface Change {
  readonly rehearse: NonNullable<Run['rehearse']>
  readonly write: (table: Table, access: TableConfig) => Promise<unknown>
}

/** A run that changes what is stored under an id. */
export function changeRun(id: string, { plan, done }: Shown, { rehearse, write }: Change): Run {
  return {
    plan: { id, ...plan },
    rehearse,
    act: async (...target) => {
      await write(...target)
      return { id, ...done }
    },
  }
}

/** Flags that every such command has. */
export interface RunFlags extends TargetFlags {
  readonly yes: boolean
  readonly json: boolean
}

/** Milliseconds for all requests of a run. */
const runMs = 6000

/** What a dry run ends with. */
export const dryText = 'Dry run: nothing is written. Add --yes.\n'

/** The table Access of a target, with the time of one run. */
export function tableOf({ access }: AdminTarget): Table {
  return createTable(access).until({ at: Date.now() + runMs, clock: Date.now })
}

/**
 * Understands the words by `parse`, runs them on the target and prints the result. `words` are those of the whole
 * command, for the shell of a stage.
 * @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach
 */
export async function runOnTable(flags: RunFlags, words: readonly string[], parse: () => Run): Promise<void> {
  assertTarget(flags)
  const { act, plan, rehearse, issuers = [] } = parse()
  const target = await reachTarget(flags, words)
  if (!target) return
  assertIssuers(issuers, target, target.issuerNames())
  const isDry = plan !== undefined && !flags.yes
  if (isDry) await rehearse?.(tableOf(target)).catch(fail)
  const result = isDry ? plan : await act(tableOf(target), target.access).catch(fail)
  const shown = { target: target.name, table: target.access.name, written: plan !== undefined && !isDry, ...result }
  process.stdout.write(`${JSON.stringify(shown, null, flags.json ? 0 : 2)}\n`)
  if (isDry && !flags.json) process.stdout.write(dryText)
}

/** @throws UsageError for an issuer that is none of the names that `flag` takes on the target */
export function assertIssuers(
  issuers: readonly string[],
  { name }: Pick<AdminTarget, 'name'>,
  names: readonly string[],
  flag = '--client',
): void {
  if (issuers.every((issuer) => names.includes(issuer))) return
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
  throw new UsageError(`${flag} on ${name} takes ${list}.`)
}

/** Says what became of a run that failed. @throws CommandFailed always */
export function fail(error: unknown): never {
  if (error instanceof CommandFailed) throw error
  if (!(error instanceof AppError)) throw new CommandFailed(`Nothing was written: ${wordsOf(error)}.`)
  const outcome = error.code === 'UNAVAILABLE' ? 'The table gave no answer' : 'Nothing was written'
  throw new CommandFailed(`${outcome} (${error.reason}).`)
}
