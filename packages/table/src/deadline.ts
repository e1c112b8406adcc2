/**
 * The time that one request may spend on the table. At its end every call fails, so that an outage is answered as
 * UNAVAILABLE.
 */
import { AppError } from '@fieldnotes/core/error'
import { withTimeout } from '@fieldnotes/core/with-timeout'

/** Milliseconds for all calls of one request together; the function itself has 15 seconds. */
export const requestMs = 6000

export interface Deadline {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly clock: () => number
}

function outOfTime() {
  return new AppError('UNAVAILABLE', 'no time is left for the database')
}

/**
 * Runs `act`, and aborts its signal at the deadline. A write that is aborted may or may not take effect.
 * @throws UNAVAILABLE at the deadline, as `late` creates it; after it, without running `act`
 */
export async function within<Out>(
  deadline: Deadline,
  act: (signal: AbortSignal) => Promise<Out>,
  late: () => AppError = outOfTime,
): Promise<Out> {
  const left = deadline.at - deadline.clock()
  if (left <= 0) throw outOfTime()
  return withTimeout(left, act, late)
}
