/**
 * Locks a sign-in after five wrong attempts
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html, "Lockout behavior for failed sign-in
 * attempts"): for one second, and for twice as long after each further one, up to 15 minutes.
 */
import { createKeyQueue } from '../../key-queue.ts'
import { createExpiringMap } from './expiring-map.ts'

/** Attempts before the first lock. */
const freeAttempts = 5

const lockSecondsMax = 15 * 60

interface Failures {
  readonly count: number
  readonly lockedUntil: number
}

/** A sign-in during a lock. It is refused without a look at the credential, and does not prolong the lock. */
export interface Locked {
  readonly lockedSeconds: number
}

/**
 * Attempts by key. The attempts of one key run one after another, so that many at once are no way around the lock.
 */
export interface Lockout {
  /** Runs an attempt, or returns that it is locked. `undefined` counts as a failure; other results end the count. */
  readonly attempt: <T>(key: string, run: () => Promise<T | undefined>) => Promise<T | Locked | undefined>
  /** Counts the result of an attempt that has run. During a lock the result is `undefined`, whatever it was. */
  readonly count: <T>(key: string, result: T | undefined) => T | undefined
  /** Forgets the failures of a key. */
  readonly forget: (key: string) => void
}

function lockSeconds(count: number): number {
  return count < freeAttempts ? 0 : Math.min(lockSecondsMax, 2 ** (count - freeAttempts))
}

/** Creates a lockout without failures. */
export function createLockout(): Lockout {
  const failures = createExpiringMap<Failures>({ lifeSeconds: lockSecondsMax * 2 })
  const queued = createKeyQueue()

  function secondsLeft(key: string): number {
    return Math.ceil(Math.max(0, (failures.get(key)?.lockedUntil ?? 0) - Date.now()) / 1000)
  }

  function record<T>(key: string, result: T | undefined): T | undefined {
    const count = (failures.get(key)?.count ?? 0) + 1
    if (result !== undefined) failures.delete(key)
    else failures.set(key, { count, lockedUntil: Date.now() + lockSeconds(count) * 1000 })
    return result
  }

  async function judge<T>(key: string, run: () => Promise<T | undefined>): Promise<T | Locked | undefined> {
    const lockedSeconds = secondsLeft(key)
    return lockedSeconds > 0 ? { lockedSeconds } : record(key, await run())
  }

  return {
    attempt: async (key, run) => queued(key, () => judge(key, run)) ?? { lockedSeconds: 1 },
    count: (key, result) => (secondsLeft(key) > 0 ? undefined : record(key, result)),
    forget: failures.delete,
  }
}
