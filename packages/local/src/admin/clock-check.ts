/**
 * Compares this machine's clock with the database's. A revocation has the operator's time: a slow clock would spare the
 * sign-ins of the last moments, a fast one would refuse those to come.
 */
import type { TableConfig } from '@fieldnotes/table/table-config'
import { CommandFailed } from '../usage-error.ts'

/** Most seconds by which the two clocks may differ, apart from the time of the request. */
const clockSecondsMax = 2

/** Milliseconds of one request. */
const requestMs = 3000

/**
 * Reads the `Date` header (RFC 9110 §6.6.1) of the database. Without an answer nothing is checked: the write that
 * follows fails by itself.
 * @throws CommandFailed when this machine's clock is wrong by more than 2 seconds
 */
export async function assertClock(table: TableConfig): Promise<void> {
  const sent = Date.now() / 1000
  const date = await dateOf(table.endpoint ?? `https://dynamodb.${table.region}.amazonaws.com`)
  const received = Date.now() / 1000
  if (Number.isNaN(date)) return
  // The header has whole seconds, and was written at some time between `sent` and `received`.
  const ahead = Math.max(sent - (date + 1), 0)
  const behind = Math.max(date - received, 0)
  if (ahead + behind <= clockSecondsMax) return
  const off = `${Math.ceil(ahead + behind)} seconds ${ahead > 0 ? 'ahead' : 'behind'}`
  throw new CommandFailed(
    `This machine's clock is ${off}, and nothing was written. Set it, then run the command again.`,
  )
}

/** Seconds since the epoch; NaN without an answer. */
async function dateOf(url: string): Promise<number> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(requestMs), redirect: 'error' })
    await response.body?.cancel()
    return Date.parse(response.headers.get('date') ?? '') / 1000
  } catch {
    return Number.NaN
  }
}
