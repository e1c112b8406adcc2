/** Waits between attempts, and the loop around an optimistic write. */
import { AppError } from '@fieldnotes/core/error'
import { waitMsMax, writeAttemptsMax, writeWaitMs } from './retry-limits.ts'

/**
 * Waits at random up to `firstMs` · 2^`attempt` milliseconds, at most 200: requests that collided do not collide again.
 */
export function backoff(attempt: number, firstMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(firstMs * 2 ** attempt, waitMsMax)))
}

/**
 * Runs `attempt` until it returns something; it returns undefined when another write came first. Attempts are numbered
 * from 1.
 * @throws UNAVAILABLE with `reason` after 20 attempts
 */
export async function retryConflicts<T>(
  reason: string,
  attempt: (number: number) => Promise<T | undefined>,
): Promise<T> {
  for (let number = 1; number <= writeAttemptsMax; number += 1) {
    const result = await attempt(number)
    if (result !== undefined) return result
    await backoff(number, writeWaitMs)
  }
  throw new AppError('UNAVAILABLE', reason)
}
