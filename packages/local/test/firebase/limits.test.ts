/** Limits of what the sign-in keeps in memory, and of the work that waits. */
import { describe, expect, it } from 'vitest'
import { createAccounts } from '../../src/firebase/accounts.ts'
import { createAttempts } from '../../src/firebase/attempts.ts'
import { newAccount } from '../../src/firebase/new-account.ts'
import { alice, owner, startFirebase } from './firebase-world.ts'

describe('accounts', () => {
  const full = Array.from({ length: 1_000 }, (_, index) => newAccount(`p${index}`, 0))

  it('are at most 1,000: a new one is refused, a change of one is not', () => {
    const accounts = createAccounts(full, () => {})
    expect(() => accounts.put(newAccount('new', 0))).toThrow('QUOTA_EXCEEDED')
    expect(accounts.put({ ...newAccount('p1', 0), displayName: 'Dora' }).displayName).toBe('Dora')
    accounts.remove('p2')
    expect(accounts.put(newAccount('new', 0)).localId).toBe('new')
  })

  it('are unchanged when they can not be saved', () => {
    const accounts = createAccounts(full.slice(0, 2), () => {
      throw new Error('no space left on device')
    })
    expect(() => accounts.put({ ...newAccount('p1', 0), displayName: 'Dora' })).toThrow('no space')
    expect(() => accounts.remove('p1')).toThrow('no space')
    expect(accounts.get('p1')?.displayName).toBeUndefined()
  })
})

describe('an owner of an account who is signed in', () => {
  it('sets a new password, which ends the count of wrong ones', async () => {
    const { call } = await startFirebase()
    const { idToken } = (await call('signInWithPassword', alice)).body
    for (let guesses = 0; guesses < 5; guesses++) await call('signInWithPassword', { ...alice, password: 'guess' })
    expect((await call('signInWithPassword', alice)).message).toContain('TOO_MANY_ATTEMPTS_TRY_LATER')
    expect((await call('update', { idToken, password: 'another horse' })).status).toBe(200)
    expect((await call('signInWithPassword', { ...alice, password: 'another horse' })).status).toBe(200)
  })
})

describe('checks of one address', () => {
  it('wait for each other, at most 20 of them', async () => {
    const attempts = createAttempts(() => 0)
    let running = 0
    let atOnce = 0
    const check = async () => {
      running += 1
      atOnce = Math.max(atOnce, running)
      await Promise.resolve()
      running -= 1
      return true
    }
    const all = await Promise.allSettled(Array.from({ length: 25 }, () => attempts.run('a@example.com', check)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    expect(atOnce).toBe(1)
    expect(await attempts.run('a@example.com', check)).toBe(true)
  })

  it('go on after one that throws', async () => {
    const attempts = createAttempts(() => 0)
    const broken = attempts.run('a@example.com', () => Promise.reject(new Error('no memory')))
    const next = attempts.run('a@example.com', async () => true)
    await expect(broken).rejects.toThrow('no memory')
    expect(await next).toBe(true)
  })
})

describe('a request', () => {
  it('may name 100 accounts, and no more', async () => {
    const { post } = await startFirebase()
    const path = '/identitytoolkit.googleapis.com/v1/projects/demo-fieldnotes/accounts:lookup'
    const lookup = (count: number) => post(path, { email: Array(count).fill(alice.email) }, owner)
    expect((await lookup(100)).body.users).toHaveLength(1)
    expect((await lookup(101)).message).toBe("Invalid value at 'email'")
  })
})
