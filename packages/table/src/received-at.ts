/** The clock of the gateway. */

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
