/** A copy of the stored revocations in the memory of one process, read again when it is older than 5 seconds. */
import type { Log } from '@fieldnotes/core/log'
import type { Service, User } from '@fieldnotes/core/principal'
import { type Revocation, revocationClocksSecondsMax } from '@fieldnotes/core/revocation'
import { withTimeout } from '@fieldnotes/core/with-timeout'
import { defaultBounds, revocationBounds } from '../bounds.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { unavailable } from '../refusals.ts'
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
  /** When the read began, in milliseconds since the epoch: an entry that was stored later may be missing. */
  readonly readAt: number
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
  const { clock, windowSeconds, log } = options
  if (!(Number.isFinite(windowSeconds) && windowSeconds > 0)) throw new RangeError('windowSeconds is not positive')
  let copy: Copy | undefined
  let failed: { readonly at: number; readonly cause: Error } | undefined
  let pending: Promise<Copy> | undefined

  /** The absolute difference: a clock that is set back must not make a copy look fresh. */
  const secondsSince = (moment: number) => Math.abs(clock() - moment) / 1000
  const isResting = () => failed !== undefined && secondsSince(failed.at) < revocationBounds.retrySeconds

  const keep = (fresh: Copy): Copy => {
    if (failed) log('info', 'identity.revocations_read', { entries: fresh.revoked.size })
    failed = undefined
    copy = fresh
    return fresh
  }
  const fail = (error: unknown): never => {
    const cause = error instanceof Error ? error : new Error('a read that rejects without an Error')
    failed = { at: clock(), cause }
    log('warn', 'identity.revocations_failed', { cause: cause.stack })
    throw cause
  }
  /** Concurrent callers share one read. */
  const refresh = (): Promise<Copy> => {
    pending ??= readCopy(options)
      .then(keep, fail)
      .finally(() => {
        pending = undefined
      })
    return pending
  }

  return (principal) => {
    if (copy && secondsSince(copy.readAt) < revocationBounds.freshSeconds) return judge(copy, principal)
    if (!pending && isResting()) unavailable('revocations_unavailable', failed?.cause)
    return refresh().then((fresh) => judge(fresh, principal))
  }
}

async function readCopy({ read, clock, windowSeconds }: RevocationListOptions): Promise<Copy> {
  const readAt = clock()
  const since = Math.floor(readAt / 1000) - windowSeconds
  const entries = await withTimeout(revocationBounds.readMillisMax, async () => read(since))
  return { readAt, revoked: indexRevocations(entries), judged: new WeakMap() }
}

function judge({ revoked, judged }: Copy, principal: User | Service): boolean {
  const known = judged.get(principal)
  if (known !== undefined) return known
  const isRevoked = isRevokedBy(revoked, principal)
  judged.set(principal, isRevoked)
  return isRevoked
}
