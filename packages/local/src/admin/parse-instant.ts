/** Parses and prints instants in whole seconds, as revocations have them. */
import { UsageError } from '../usage-error.ts'

/** RFC 3339 in UTC, with whole seconds. */
const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/**
 * Seconds since the epoch; `now` for undefined. Sign-ins that are still to come can't be revoked.
 * @throws UsageError for another form, a date that does not exist, and the future
 */
export function parseInstant(text: string | undefined, now: number): number {
  if (text === undefined) return now
  const seconds = form.test(text) ? Date.parse(text) / 1000 : Number.NaN
  if (!Number.isInteger(seconds) || formatInstant(seconds) !== text)
    throw new UsageError('--at takes an instant in UTC, such as 2026-11-26T17:30:00Z.')
  if (seconds < 0 || seconds > now) throw new UsageError('--at takes an instant that has passed.')
  return seconds
}

/** RFC 3339 in UTC. */
export function formatInstant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
