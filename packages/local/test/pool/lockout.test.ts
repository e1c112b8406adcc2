/** The lock after five wrong attempts, with a frozen clock. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLockout } from '../../src/pool/people/lockout.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function wrong(): Promise<undefined> {}

async function right(): Promise<string> {
  return 'in'
}

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000)
}

describe('a lockout', () => {
  it('lets five wrong attempts pass, and locks for 1, 2, 4 … seconds, up to 15 minutes', async () => {
    const lockout = createLockout()
    for (let count = 0; count < 5; count++) expect(await lockout.attempt('alice', wrong)).toBeUndefined()
    const locks: unknown[] = []
    for (let count = 0; count < 12; count++) {
      const locked = await lockout.attempt('alice', right)
      locks.push(locked)
      pass((locked as { lockedSeconds: number }).lockedSeconds)
      expect(await lockout.attempt('alice', wrong)).toBeUndefined()
    }
    const seconds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    expect(locks).toEqual(seconds.map((lockedSeconds) => ({ lockedSeconds })))
  })

  it('is not prolonged by attempts during a lock, and ends with a right one', async () => {
    const lockout = createLockout()
    for (let count = 0; count < 5; count++) await lockout.attempt('alice', wrong)
    for (let count = 0; count < 9; count++) await lockout.attempt('alice', wrong)
    pass(1)
    expect(await lockout.attempt('alice', right)).toBe('in')
    for (let count = 0; count < 4; count++) await lockout.attempt('alice', wrong)
    expect(await lockout.attempt('alice', right)).toBe('in')
  })

  it('is of one person', async () => {
    const lockout = createLockout()
    for (let count = 0; count < 5; count++) await lockout.attempt('alice', wrong)
    expect(await lockout.attempt('bob', right)).toBe('in')
  })

  it('runs the attempts of one person one after another, and refuses more than 20 that wait', async () => {
    const lockout = createLockout()
    let running = 0
    const counted = async () => {
      running += 1
      await Promise.resolve()
      expect(running).toBe(1)
      running -= 1
      return 'in'
    }
    const results = await Promise.all(Array.from({ length: 25 }, () => lockout.attempt('alice', counted)))
    expect(results.filter((result) => result === 'in')).toHaveLength(20)
    expect(await lockout.attempt('alice', right)).toBe('in')
  })

  it('goes on after an attempt that throws, which is no failure of the person', async () => {
    const lockout = createLockout()
    const broken = () => Promise.reject(new Error('broken'))
    for (let count = 0; count < 6; count++) await expect(lockout.attempt('alice', broken)).rejects.toThrow('broken')
    expect(await lockout.attempt('alice', right)).toBe('in')
  })
})
