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

/** Milliseconds that the clock of the gateway may differ from ours. */
const skewMs = 60_000

/**
 * The instant of a request, in milliseconds since the epoch: when the gateway received it. All instances have this
 * clock in common, and it does not count the start of an instance. An event that does not come from the gateway has
 * another time in this place, or none.
 */
export function receivedAt({ timeEpoch }: { readonly timeEpoch?: number }, clock: () => number): number {
  const now = clock()
  return Number.isSafeInteger(timeEpoch) && Math.abs(Number(timeEpoch) - now) <= skewMs ? Number(timeEpoch) : now
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
