/** A copy of the stored revocations in the memory of one process, read again when it is older than 5 seconds. */
import type { Log } from '@fieldnotes/core/log'
import type { Service, User } from '@fieldnotes/core/principal'
import { type Revocation, revocationClocksSecondsMax } from '@fieldnotes/core/revocation'
import { defaultBounds, revocationBounds } from '../bounds.ts'
import { createFreshCopy } from '../fresh-copy.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { indexRevocations, isRevokedBy, type RevokedTexts } from './revoked-by.ts'

/**
 * Whether a verified principal is revoked. A plain boolean needs no `await`.
 * @throws when that can't be decided: the credential is then refused as UNAVAILABLE
 */
export type IsRevoked = (principal: User | Service) => boolean | Promise<boolean>

/** What `createRevocationList` needs. */
export interface RevocationListOptions {
  /**
   * Returns every revocation that was stored since this instant (seconds since the epoch). It must reject, never return
   * a part: a missing entry lets a revoked credential pass. Entries in memory will do for tests: `read: () => entries`.
   */
  readonly read: (sinceSeconds: number) => Promise<readonly Revocation[]> | readonly Revocation[]
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
  /** How far back entries are read: `revocationWindowSeconds` of the issuers. */
  readonly windowSeconds: number
  readonly log: Log
}

/** The entries of one read. */
interface Copy {
  readonly revoked: RevokedTexts
  /** Remembered tokens share one principal object, which is judged once for each copy. */
  readonly judged: WeakMap<User | Service, boolean>
}

/**
 * Seconds for which an entry must be read: the longest lifetime of a token of these issuers, and 240 seconds by which
 * the clocks of the issuer, of the process that revokes and of this process may differ together. The instant of an
 * entry has no such allowance.
 * @example
 * ```ts
 * import type { Issuer } from '@fieldnotes/identity/issuer'
 * import { revocationWindowSeconds } from '@fieldnotes/identity/revocation-list'
 *
 * const windowOf = (issuers: readonly Issuer[]) => revocationWindowSeconds(issuers)
 * ```
 */
export function revocationWindowSeconds(
  issuers: readonly Issuer[],
  lifetimeSecondsMax: number = defaultBounds.lifetimeSecondsMax,
): number {
  const lifetimes = issuers.map((row) => row.lifetimeSecondsMax ?? lifetimeSecondsMax)
  return Math.max(...lifetimes) + revocationClocksSecondsMax
}

/**
 * Builds an empty list; the first principal makes it read. While the copy is fresh, a principal costs one look-up and
 * no `await`. Concurrent callers share one read. A read that fails or takes longer than 2 seconds refuses every caller
 * that waits for it, and the next read begins a second after it at the earliest.
 * @throws RangeError when `windowSeconds` is not a positive number, with which no entry would be read
 * @example
 * ```ts
 * import type { Revocation } from '@fieldnotes/core/revocation'
 * import { createRevocationList } from '@fieldnotes/identity/revocation-list'
 *
 * const entries: Revocation[] = []
 * const list = { read: () => entries, windowSeconds: 3900, clock: Date.now, log: console.log }
 * const isRevoked = createRevocationList(list)
 * ```
 */
export function createRevocationList(options: RevocationListOptions): IsRevoked {
  const { read, clock, windowSeconds, log } = options
  if (!(Number.isFinite(windowSeconds) && windowSeconds > 0)) throw new RangeError('windowSeconds is not positive')
  const current = createFreshCopy<Copy>({
    read: async (readAt) => copyOf(await read(Math.floor(readAt / 1000) - windowSeconds)),
    clock,
    bounds: revocationBounds,
    onRead: ({ revoked }, wasOut) => wasOut && log('info', 'identity.revocations_read', { entries: revoked.size }),
    failed: 'identity.revocations_failed',
    outage: 'revocations_unavailable',
    log,
  })
  return (principal) => {
    const copy = current()
    return copy instanceof Promise ? copy.then((fresh) => judge(fresh, principal)) : judge(copy, principal)
  }
}

function copyOf(entries: readonly Revocation[]): Copy {
  return { revoked: indexRevocations(entries), judged: new WeakMap() }
}

function judge({ revoked, judged }: Copy, principal: User | Service): boolean {
  const known = judged.get(principal)
  if (known !== undefined) return known
  const isRevoked = isRevokedBy(revoked, principal)
  judged.set(principal, isRevoked)
  return isRevoked
}
