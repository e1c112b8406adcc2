/** Instants as the table stores them. */

/** RFC 3339 in UTC with milliseconds, which sorts by time. */
export function instant(ms: number): string {
  return new Date(ms).toISOString()
}

/** Seconds of a day in UTC, which has no leap seconds. */
export const daySeconds = 24 * 3600

/** Seconds since the epoch, as DynamoDB's time to live counts. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/**
 * Milliseconds from `now` until a second has passed, at most 1,000. Sign-ins in the second of a revocation are refused:
 * what waits so long before it answers spares its caller a refused sign-in. `at` is in seconds since the epoch.
 */
export function restOfSecond(at: number, now: number): number {
  return Math.min(1000, Math.max(0, (at + 1) * 1000 - now))
}

/**
 * `now`, or a millisecond after `earlier` where that is later. Changes of one note keep their order although clocks of
 * two machines differ.
 */
export function instantAfter(earlier: string, now: number): string {
  return instant(Math.max(now, Date.parse(earlier) + 1))
}
