/** One request's time with the database: when it is over every call fails at once, so that an outage is answered and not cut off. */
import { AppError } from '@fieldnotes/core/error'

/** Milliseconds for all calls of one request together; well within the function's own 15 seconds. */
export const requestMs = 6000

export interface Deadline {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly clock: () => number
}

/**
 * Runs `act` for no longer than is left, and ends it by its signal. What it was about to write may or may not be written.
 * @throws UNAVAILABLE at the deadline, and behind it without running anything
 */
export async function within<Out>(deadline: Deadline, act: (signal: AbortSignal) => Promise<Out>): Promise<Out> {
  const over = () => new AppError('UNAVAILABLE', 'no time is left for the database')
  const left = deadline.at - deadline.clock()
  if (left <= 0) throw over()
  const stop = new AbortController()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(over())
    stop.abort()
  }, left)
  try {
    return await Promise.race([act(stop.signal), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
