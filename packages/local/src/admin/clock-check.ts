/**
 * Compares this machine's clock with the database's. A revocation has the operator's time: a slow clock would spare the
 * sign-ins of the last moments, a fast one would refuse those to come.
 */
import type { TableConfig } from '@fieldnotes/table/table-config'
import { CommandFailed, wordsOf } from '../usage-error.ts'

/**
 * Most seconds by which the two clocks may differ, apart from the time of the request. The header has whole seconds: a
 * difference of 2 is always accepted, one of 3 is always refused.
 */
const clockSecondsMax = 2

/** Milliseconds of one request. */
const requestMs = 3000

/**
 * Reads the `Date` header (RFC 9110 §6.6.1) of the database.
 * @throws CommandFailed when this machine's clock is wrong by more than 2 seconds, and when the database gives no date:
 * an unchecked clock could spare a sign-in that the command reports as revoked
 */
export async function assertClock(table: TableConfig): Promise<void> {
  const sent = Date.now() / 1000
  const date = await dateOf(table.endpoint ?? `https://dynamodb.${table.region}.amazonaws.com`)
  const received = Date.now() / 1000
  // The header has whole seconds, and was written at some time between `sent` and `received`.
  const ahead = Math.max(sent - (date + 1), 0)
  const behind = Math.max(date - received, 0)
  if (ahead + behind <= clockSecondsMax) return
  const off = `${Math.ceil(ahead + behind)} seconds ${ahead > 0 ? 'ahead' : 'behind'}`
  throw new CommandFailed(
    `This machine's clock is ${off}, and nothing was written. Set it, then run the command again.`,
  )
}

/** Seconds since the epoch. */
async function dateOf(url: string): Promise<number> {
  const date = Date.parse((await answerOf(url)).headers.get('date') ?? '')
  if (Number.isNaN(date)) throw unchecked(url, 'its answer has no date')
  return date / 1000
}

async function answerOf(url: string): Promise<Response> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(requestMs), redirect: 'error' })
    await response.body?.cancel()
    return response
  } catch (error) {
    throw unchecked(url, wordsOf(error instanceof Error && error.cause ? error.cause : error))
  }
}

function unchecked(url: string, reason: string): CommandFailed {
  return new CommandFailed(
    `This machine's clock can't be compared with ${url} (${reason}). Nothing was written, so run the command again.`,
  )
}
