/** Waits between attempts, and the loop around an optimistic write. */
import { AppError } from '@fieldnotes/core/error'

const longestMs = 200
const attemptsMax = 20
const firstWaitMs = 4

/**
 * Waits at random up to `firstMs` · 2^`attempt` milliseconds, at most 200: requests that collided do not collide again.
 */
export function backoff(attempt: number, firstMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(firstMs * 2 ** attempt, longestMs)))
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
  for (let number = 1; number <= attemptsMax; number += 1) {
    const result = await attempt(number)
    if (result !== undefined) return result
    await backoff(number, firstWaitMs)
  }
  throw new AppError('UNAVAILABLE', reason)
}
