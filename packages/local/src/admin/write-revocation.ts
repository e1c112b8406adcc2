/** Writes a revocation for an operator, and reports why it could not be written. */
import { AppError } from '@fieldnotes/core/error'
import type { Revocation } from '@fieldnotes/core/revocation'
import { writeRevocation as write } from '@fieldnotes/table/revocations'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { CommandFailed, wordsOf } from '../usage-error.ts'
import { assertClock } from './clock-check.ts'

/** Milliseconds for the write, all attempts together. */
const writeMs = 6000

/**
 * Compares the clocks, then writes. Returns the second of the write, which the stored entry has too. To repeat the
 * command is harmless.
 * @throws CommandFailed when the clock is wrong or can't be compared, and when the table refuses or gives no answer
 */
export async function writeRevocation(access: TableConfig, revocation: Revocation): Promise<number> {
  await assertClock(access)
  const now = Date.now()
  const table = createTable(access).until({ at: now + writeMs, clock: Date.now })
  try {
    await write(table, revocation, now)
  } catch (error) {
    throw failureOf(access.name, error)
  }
  return Math.floor(now / 1000)
}

/** A write without an answer may have happened; a refused one has not. */
function failureOf(name: string, error: unknown): CommandFailed {
  const fault = wordsOfFault(error)
  if (isRefusal(error)) return new CommandFailed(`Nothing was written to the table ${name} (${fault}).`)
  return new CommandFailed(`The table ${name} gave no answer (${fault}), so run the command again.`)
}

/** The SDK marks errors of the request itself, such as a missing right or table, with `$fault`. */
function isRefusal(error: unknown): boolean {
  if (error instanceof AppError && error.code !== 'UNAVAILABLE') return true
  const cause = error instanceof AppError ? error.cause : error
  return typeof cause === 'object' && cause !== null && '$fault' in cause && cause.$fault === 'client'
}

function wordsOfFault(error: unknown): string {
  if (!(error instanceof AppError)) return wordsOf(error)
  const { reason, cause } = error
  return cause instanceof Error ? `${reason}: ${cause.name}: ${wordsOf(cause)}` : reason
}
