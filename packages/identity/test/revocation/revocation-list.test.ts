import { type Revocation, revocationStoredSeconds } from '@fieldnotes/core/revocation'
import { describe, expect, it, vi } from 'vitest'
import { defaultBounds, revocationBounds } from '../../src/bounds.ts'
import { createRevocationList, type IsRevoked, revocationWindowSeconds } from '../../src/revocation/revocation-list.ts'
import { outcomeOf } from '../kit/identities.ts'
import { aUser } from '../kit/principals.ts'
import { cognitoRow, firebaseRow, now, oidcRow } from '../kit/rows.ts'

const user = aUser()
const revoked: Revocation = { kind: 'login', loginId: 'login-1' }
const { freshSeconds, retrySeconds, readMillisMax } = revocationBounds
const windowSeconds = 3900

interface World {
  readonly isRevoked: IsRevoked
  readonly wait: (seconds: number) => void
  /** Replaces what the store holds, or how it fails. */
  readonly store: (entries: readonly Revocation[] | (() => Promise<readonly Revocation[]>)) => void
  /** `sinceSeconds` of each read. */
  readonly reads: readonly number[]
  readonly events: readonly string[]
}

function worldOf(): World {
  let seconds = now
  let stored: readonly Revocation[] | (() => Promise<readonly Revocation[]>) = []
  const reads: number[] = []
  const events: string[] = []
  const read = async (since: number) => {
    reads.push(since)
    return typeof stored === 'function' ? stored() : stored
  }
  const log = (level: string, event: string) => void events.push(`${level} ${event}`)
  return {
    isRevoked: createRevocationList({ read, clock: () => seconds * 1000, windowSeconds, log }),
    wait: (more) => {
      seconds += more
    },
    store: (entries) => {
      stored = entries
    },
    reads,
    events,
  }
}

async function fails(): Promise<never> {
  throw new Error('no answer')
}

describe('the copy of the revocation list', () => {
  it('is read by the first principal, from the beginning of the window', async () => {
    const { isRevoked, reads } = worldOf()
    expect(reads).toEqual([])
    expect(await isRevoked(user)).toBe(false)
    expect(reads).toEqual([now - windowSeconds])
  })

  it('answers with a plain boolean while it is fresh, and is read once in 5 seconds', async () => {
    const { isRevoked, reads, wait } = worldOf()
    await isRevoked(user)
    wait(freshSeconds - 0.001)
    for (let i = 0; i < 1000; i += 1) expect(isRevoked(user)).toBe(false)
    expect(reads.length).toBe(1)
    wait(0.001)
    expect(await isRevoked(user)).toBe(false)
    expect(reads.length).toBe(2)
  })

  it('learns within 5 seconds of an entry that was stored after it was read, also for a judged principal', async () => {
    const { isRevoked, store, wait } = worldOf()
    expect(await isRevoked(user)).toBe(false)
    store([revoked])
    expect(isRevoked(user)).toBe(false)
    wait(freshSeconds)
    expect(await isRevoked(user)).toBe(true)
    expect(isRevoked(user)).toBe(true)
    expect(isRevoked(aUser({ loginId: 'login-2' }))).toBe(false)
  })

  it('has the age of the beginning of its read: what was stored meanwhile may be missing', async () => {
    const { isRevoked, store, wait, reads } = worldOf()
    store(async () => {
      wait(1.5)
      return []
    })
    await isRevoked(user)
    wait(freshSeconds - 1.5)
    await isRevoked(user)
    expect(reads.length).toBe(2)
  })

  it('is not fresh when the clock is set back', async () => {
    const { isRevoked, wait, reads } = worldOf()
    await isRevoked(user)
    wait(-3600)
    await isRevoked(user)
    expect(reads).toEqual([now - windowSeconds, now - 3600 - windowSeconds])
  })

  it('is read once for 200 callers at once', async () => {
    const { isRevoked, store, wait, reads } = worldOf()
    await isRevoked(user)
    store([revoked])
    wait(freshSeconds)
    const found = await Promise.all(Array.from({ length: 200 }, () => isRevoked(user)))
    expect(new Set(found)).toEqual(new Set([true]))
    expect(reads.length).toBe(2)
  })
})

describe('an outage of the list', () => {
  it('refuses every caller, is tried again once a second, and ends with the next read', async () => {
    const { isRevoked, store, wait, reads, events } = worldOf()
    store(fails)
    await expect(isRevoked(user)).rejects.toThrow('no answer')
    for (let i = 0; i < 100; i += 1)
      expect(await outcomeOf(callOf(isRevoked))).toBe('UNAVAILABLE revocations_unavailable')
    expect(reads.length).toBe(1)
    wait(retrySeconds)
    await expect(isRevoked(user)).rejects.toThrow('no answer')
    expect(reads.length).toBe(2)
    store([revoked])
    wait(retrySeconds)
    expect(await isRevoked(user)).toBe(true)
    expect(events).toEqual([
      'warn identity.revocations_failed',
      'warn identity.revocations_failed',
      'info identity.revocations_read',
    ])
  })

  it('does not use an old copy, even one that is a moment too old', async () => {
    const { isRevoked, store, wait } = worldOf()
    expect(await isRevoked(user)).toBe(false)
    store(fails)
    wait(freshSeconds)
    await expect(isRevoked(user)).rejects.toThrow('no answer')
  })

  it('leaves a fresh copy in use', async () => {
    const { isRevoked, store, wait } = worldOf()
    await isRevoked(user)
    store(fails)
    wait(freshSeconds - 1)
    expect(isRevoked(user)).toBe(false)
  })

  it('is a read that takes longer than 2 seconds; its late answer is dropped', async () => {
    vi.useFakeTimers()
    try {
      const { isRevoked, store, wait, reads } = worldOf()
      const answer = Promise.withResolvers<readonly Revocation[]>()
      store(() => answer.promise)
      const waiting = Promise.resolve(isRevoked(user))
      const refused = expect(waiting).rejects.toThrow('not done')
      await vi.advanceTimersByTimeAsync(readMillisMax)
      await refused
      answer.resolve([])
      await vi.advanceTimersByTimeAsync(0)
      wait(retrySeconds)
      store([revoked])
      expect(await isRevoked(user)).toBe(true)
      expect(reads.length).toBe(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([
    ['an entry of an unknown kind', [{ kind: 'group' }]],
    ['an entry without id', [revoked, { kind: 'token', issuer: 'cognito' }]],
    ['no list', undefined],
  ])('is %s', async (_what, entries) => {
    const { isRevoked, store } = worldOf()
    store(async () => entries as unknown as Revocation[])
    await expect(isRevoked(aUser({ loginId: undefined }))).rejects.toThrow()
  })

  it('may be a read that throws at once', async () => {
    const isRevoked = createRevocationList({
      read: () => {
        throw new Error('no answer')
      },
      clock: () => now * 1000,
      windowSeconds,
      log: () => undefined,
    })
    await expect(isRevoked(user)).rejects.toThrow('no answer')
  })
})

async function callOf(isRevoked: IsRevoked): Promise<boolean> {
  return isRevoked(user)
}

describe('the window of the list', () => {
  it('covers the longest lifetime of the issuers, and 240 seconds between clocks', () => {
    expect(revocationWindowSeconds([cognitoRow, firebaseRow, oidcRow])).toBe(3660 + 240)
    expect(revocationWindowSeconds([cognitoRow, { ...oidcRow, lifetimeSecondsMax: 86_400 }])).toBe(86_640)
    expect(revocationWindowSeconds([{ ...cognitoRow, lifetimeSecondsMax: 900 }])).toBe(1140)
    expect(revocationWindowSeconds([cognitoRow], 7200)).toBe(7440)
  })

  it('is never longer than entries are stored', () => {
    expect(revocationStoredSeconds).toBe(revocationWindowSeconds([{ ...oidcRow, lifetimeSecondsMax: 86_400 }]))
    expect(revocationStoredSeconds).toBeGreaterThan(
      revocationWindowSeconds([cognitoRow], defaultBounds.lifetimeSecondsMax),
    )
  })

  it.each([0, -1, Number.NaN, Number.NEGATIVE_INFINITY])('of %s seconds is refused', (seconds) => {
    const options = { read: () => [], clock: () => now * 1000, windowSeconds: seconds, log: () => undefined }
    expect(() => createRevocationList(options)).toThrow(RangeError)
  })
})
