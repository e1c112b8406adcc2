/** The keys of one issuer, kept while they are fresh and, for a bounded time, while their server fails. */
import type { Log } from '@fieldnotes/core/log'
import type { Bounds } from '../bounds.ts'
import { refuse, unavailable } from '../refusals.ts'
import { faultOf, type KeyAnswer } from './fetch-key-set.ts'
import type { Key } from './key.ts'

export interface KeySet {
  /** Whether a fresh set holds this very key. Never waits. */
  readonly trusts: (key: Key) => boolean
  /**
   * The key of this name, fetched when need be.
   * @throws UNAUTHENTICATED when the issuer has no such key; UNAVAILABLE when it cannot be asked.
   */
  readonly find: (kid: string) => Promise<Key>
}

export interface KeySetSettings {
  /** For the log. */
  readonly name: string
  readonly fetchKeys: () => Promise<KeyAnswer>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly bounds: Bounds
  readonly log: Log
}

export function createKeySet({ name, fetchKeys, clock, bounds, log }: KeySetSettings): KeySet {
  let keys: ReadonlyMap<string, Key> = new Map()
  let fetchedAt = Number.NEGATIVE_INFINITY
  let triedAt = Number.NEGATIVE_INFINITY
  let failing = false
  let pending: Promise<void> | undefined

  /** Without sign: a clock set back must not keep a set young. */
  const secondsSince = (moment: number) => Math.abs(clock() - moment) / 1000
  const isFresh = () => secondsSince(fetchedAt) < bounds.keysFreshSecondsMax
  const isUsable = () => secondsSince(fetchedAt) < bounds.keysFreshSecondsMax + bounds.keysStaleSecondsMax
  const isResting = () => secondsSince(triedAt) < (failing ? bounds.keysRetrySeconds : bounds.keysCooldownSeconds)

  const fetchOnce = async (): Promise<void> => {
    triedAt = clock()
    try {
      const answer = await fetchKeys()
      keys = sameObjects(answer.keys, keys)
      fetchedAt = triedAt
      failing = false
      log('info', 'identity.keys_fetched', { issuer: name, keys: keys.size, dropped: answer.dropped })
    } catch (error) {
      failing = true
      log('warn', 'identity.keys_failed', { issuer: name, reason: faultOf(error), usable: isUsable() })
    }
  }

  /** Single flight: everybody who asks meanwhile waits for the same answer. Never rejects. */
  const refresh = (): Promise<void> => {
    pending ??= fetchOnce().finally(() => {
      pending = undefined
    })
    return pending
  }

  /** While the server fails and old keys will do, nobody waits for the next try. */
  const renew = async (): Promise<void> => {
    const waiting = pending !== undefined || !(failing && isResting()) ? refresh() : undefined
    if (!(failing && isUsable())) await waiting
    if (!isUsable()) unavailable('keys_unreachable')
  }

  /** A key may be new; but whoever invents names must not make us ask for each. */
  const lookAgain = async (): Promise<void> => {
    if (pending !== undefined || !isResting()) await refresh()
    if (failing) unavailable('keys_unreachable')
  }

  return {
    trusts: (key) => isFresh() && keys.get(key.kid) === key,
    async find(kid) {
      if (!isFresh()) await renew()
      if (!keys.has(kid)) await lookAgain()
      return keys.get(kid) ?? refuse('key_unknown')
    },
  }
}

/** Keeps the object of a key that was there before, so that `trusts` recognises it. */
function sameObjects(next: ReadonlyMap<string, Key>, before: ReadonlyMap<string, Key>): ReadonlyMap<string, Key> {
  return new Map(
    [...next].map(([kid, key]) => {
      const old = before.get(kid)
      return [kid, old?.thumbprint === key.thumbprint ? old : key]
    }),
  )
}
