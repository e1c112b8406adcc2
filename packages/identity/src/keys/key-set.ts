/**
 * Cache of one issuer's keys. Keys are used while they are fresh and, for a limited time, while the key server fails.
 */
import type { Log } from '@fieldnotes/core/log'
import type { Bounds } from '../bounds.ts'
import { refuse, unavailable } from '../refusals.ts'
import { type FetchedKeys, outageOf } from './fetch-key-set.ts'
import type { Key } from './key.ts'

/** The cached keys of one issuer. */
export interface KeySet {
  /** Whether the cache is fresh and contains this key object. Never waits. */
  readonly isCurrent: (key: Key) => boolean
  /**
   * Returns the key with this `kid`. Fetches the key set when the cache is old or has no such key.
   * @throws UNAUTHENTICATED when the issuer has no such key; UNAVAILABLE when its key set can't be fetched
   */
  readonly find: (kid: string) => Promise<Key>
}

/** What `createKeySet` needs. */
export interface KeySetOptions {
  /** Name of the issuer, for the log. */
  readonly name: string
  readonly fetchKeys: () => Promise<FetchedKeys>
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
  readonly bounds: Bounds
  readonly log: Log
}

/** Builds an empty cache. The first `find` fetches. */
export function createKeySet({ name, fetchKeys, clock, bounds, log }: KeySetOptions): KeySet {
  let keys: ReadonlyMap<string, Key> = new Map()
  let fetchedAt = Number.NEGATIVE_INFINITY
  let triedAt = Number.NEGATIVE_INFINITY
  let failing = false
  let emptySince: number | undefined
  let pending: Promise<void> | undefined

  /** The absolute difference: a clock that is set back must not make a key set look fresh. */
  const secondsSince = (moment: number) => Math.abs(clock() - moment) / 1000
  const isFresh = () => secondsSince(fetchedAt) < bounds.keysFreshSecondsMax
  const isUsable = () => secondsSince(fetchedAt) < bounds.keysFreshSecondsMax + bounds.keysStaleSecondsMax
  const isCoolingDown = () => secondsSince(triedAt) < (failing ? bounds.keysRetrySeconds : bounds.keysCooldownSeconds)

  /** Whether the issuer has published a set without usable keys for as long as a set is fresh, and means it. */
  const isEmptied = () => emptySince !== undefined && secondsSince(emptySince) >= bounds.keysFreshSecondsMax

  /** Whether a set has a usable key, or none that ever was: a wrong setting is refused, which says more. */
  const isFilled = ({ keys: next, dropped }: FetchedKeys) => next.size > 0 || (dropped > 0 && keys.size === 0)

  /** Until then such a set counts as an outage: a server that starts can publish one for a moment. */
  const assertFilled = (fetched: FetchedKeys): void => {
    emptySince = isFilled(fetched) ? undefined : (emptySince ?? triedAt)
    if (emptySince !== undefined && !isEmptied()) unavailable('keys_empty')
  }

  /** Fetches once and logs the result. Never rejects. */
  const fetchOnce = async (): Promise<void> => {
    triedAt = clock()
    try {
      const fetched = await fetchKeys()
      assertFilled(fetched)
      keys = reuseObjects(fetched.keys, keys)
      fetchedAt = triedAt
      failing = false
      log('info', 'identity.keys_fetched', { issuer: name, keys: keys.size, dropped: fetched.dropped })
    } catch (error) {
      failing = true
      log('warn', 'identity.keys_failed', { issuer: name, reason: outageOf(error), usable: isUsable() })
    }
  }

  /** Concurrent callers share one fetch. */
  const refresh = (): Promise<void> => {
    pending ??= fetchOnce().finally(() => {
      pending = undefined
    })
    return pending
  }

  /**
   * Replaces an old cache. While the server fails and the old keys are still usable, the caller does not wait for the
   * fetch, unless the set may be empty for good.
   */
  const renew = async (): Promise<void> => {
    const fetching = pending !== undefined || !(failing && isCoolingDown()) ? refresh() : undefined
    if (isEmptied() || !(failing && isUsable())) await fetching
    if (!isUsable()) unavailable('keys_unreachable')
  }

  /**
   * Fetches for an unknown `kid`, which may be a new key. The cooldown limits the fetches that invented `kid`s cause.
   */
  const fetchUnknown = async (): Promise<void> => {
    if (pending !== undefined || !isCoolingDown()) await refresh()
    if (failing) unavailable('keys_unreachable')
  }

  return {
    isCurrent: (key) => isFresh() && keys.get(key.kid) === key,
    async find(kid) {
      if (!isFresh()) await renew()
      if (!keys.has(kid)) await fetchUnknown()
      return keys.get(kid) ?? refuse('key_unknown')
    },
  }
}

/** Keeps the object of each key that did not change, because `isCurrent` compares objects. */
function reuseObjects(next: ReadonlyMap<string, Key>, before: ReadonlyMap<string, Key>): ReadonlyMap<string, Key> {
  return new Map(
    [...next].map(([kid, key]) => {
      const old = before.get(kid)
      return [kid, old?.thumbprint === key.thumbprint ? old : key]
    }),
  )
}
