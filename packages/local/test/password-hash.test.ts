/** Hashes of passwords: what a comparison costs, and how many may run and wait. */
import { scrypt } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isPassword as isFirebasePassword } from '../src/firebase/passwords.ts'
import { hashPassword, isPassword, isPasswordHash } from '../src/password-hash.ts'
import { openPeople } from '../src/pool/people/people.ts'
import type { Person } from '../src/pool/people/pool-person.ts'
import { createSignIn } from '../src/pool/people/sign-in.ts'
import { BusyError, createWorkQueue } from '../src/work-queue.ts'

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  return { ...real, scrypt: vi.fn(real.scrypt) }
})

afterEach(() => {
  vi.mocked(scrypt).mockClear()
})

/** Costs of the hashes since the last call: the work that a comparison does, without a clock. */
function work(): readonly unknown[] {
  const calls = vi.mocked(scrypt).mock.calls.map(([, , length, options]) => [length, options])
  vi.mocked(scrypt).mockClear()
  return calls
}

const stored = await hashPassword('correct horse')

describe('a comparison', () => {
  it('is as much work without a hash as with one', async () => {
    work()
    expect(await isPassword('correct horse', stored)).toBe(true)
    const one = work()
    expect(await isPassword('wrong', stored)).toBe(false)
    expect(work()).toEqual(one)
    expect(await isPassword('correct horse', undefined)).toBe(false)
    expect(work()).toEqual(one)
    expect(await isFirebasePassword('correct horse', undefined)).toBe(false)
    expect(work()).toEqual(one)
    expect(one).toHaveLength(1)
  })

  it('uses the cost of the stored hash, so that a hash of an earlier cost goes on', async () => {
    const N = 2 ** 14
    const salt = Buffer.alloc(16, 1)
    const { promise, resolve } = Promise.withResolvers<Buffer>()
    scrypt('correct horse', salt, 32, { N, r: 8, p: 1 }, (_error, hash) => resolve(hash))
    const earlier = { salt: salt.toString('base64url'), hash: (await promise).toString('base64url'), cost: N }
    expect(isPasswordHash(earlier)).toBe(true)
    expect(await isPassword('correct horse', earlier)).toBe(true)
    const text = `scrypt-${N}-8-1$${earlier.salt}$${earlier.hash}`
    expect([await isFirebasePassword('correct horse', text), await isFirebasePassword('wrong', text)]).toEqual([
      true,
      false,
    ])
  })
})

describe('a sign-in', () => {
  const alice: Person = {
    ...{ sub: 's', username: 'alice', email: 'alice@example.org', emailVerified: true },
    ...{ groups: [], password: stored, confirmed: true, createdAt: 0 },
  }

  it.each([
    ['names', 'alice', ['mallory', 'x'.repeat(300)]],
    ['addresses', 'alice@example.org', ['mallory@example.org', 'waiting@example.org']],
  ])('with unknown %s is as much work as with known ones', async (_name, known, others) => {
    const waiting = { ...alice, sub: 'w', username: 'w', email: 'waiting@example.org', confirmed: false }
    const { byPassword } = createSignIn(await openPeople(undefined, async () => [alice, waiting]))
    work()
    await expect(byPassword(known, 'wrong')).rejects.toMatchObject({ reason: 'CREDENTIALS_WRONG' })
    const costs = work()
    expect(costs.length).toBeGreaterThan(0)
    for (const other of others) {
      await expect(byPassword(other, 'wrong')).rejects.toMatchObject({ reason: 'CREDENTIALS_WRONG' })
      expect(work()).toEqual(costs)
    }
  })

  it('of a flood of strangers is refused in part, so that no person waits for long; none of it counts as wrong', async () => {
    const { byPassword } = createSignIn(await openPeople(undefined, async () => [alice]))
    const flood = Array.from({ length: 80 }, (_, index) => byPassword(`stranger${index}`, 'x').catch((error) => error))
    await expect(byPassword('alice', 'correct horse')).rejects.toMatchObject({ reason: 'BUSY' })
    const reasons = (await Promise.all(flood)).map(({ reason }) => reason)
    expect(reasons.filter((reason) => reason === 'CREDENTIALS_WRONG')).toHaveLength(42)
    expect(reasons.filter((reason) => reason === 'BUSY')).toHaveLength(38)
    expect((await byPassword('alice', 'correct horse')).sub).toBe('s')
  })
})

describe('a flood at Firebase', () => {
  it('is refused in part, with the code of too many attempts', async () => {
    const flood = await Promise.allSettled(Array.from({ length: 45 }, () => isFirebasePassword('x', undefined)))
    const refused = flood.flatMap((each) => (each.status === 'rejected' ? [each.reason.message] : []))
    expect(refused).toEqual(Array(3).fill(expect.stringMatching(/^TOO_MANY_ATTEMPTS_TRY_LATER : /)))
  })
})

describe('a work queue', () => {
  it('runs some at once, lets some wait, and refuses more without running them', async () => {
    const queued = createWorkQueue({ runningMax: 2, waitingMax: 3 })
    let [running, most, run] = [0, 0, 0]
    const act = async () => {
      run += 1
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
    }
    const ends = await Promise.allSettled(Array.from({ length: 9 }, () => queued(act)))
    expect([most, run]).toEqual([2, 5])
    expect(ends.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), ...Array(4).fill('rejected')])
    await expect(queued(async () => 'next')).resolves.toBe('next')
  })

  it('goes on after an act that fails', async () => {
    const queued = createWorkQueue({ runningMax: 1, waitingMax: 1 })
    const broken = queued(() => Promise.reject(new Error('broken')))
    const next = queued(async () => 'next')
    await expect(queued(async () => 'third')).rejects.toThrow(BusyError)
    await expect(broken).rejects.toThrow('broken')
    expect(await next).toBe('next')
  })
})
