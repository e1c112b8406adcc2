/** What may happen once, or so often: exactly so, however many attempts come at the same time. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ConditionFailed } from '../src/failures.ts'
import { createTable, type Table } from '../src/table.ts'
import type { Write } from '../src/writes.ts'
import { bucketWrites, codeWritten, keys, now, sessionCreated, writes } from './kit/access.ts'
import { type Engine, startEngine } from './kit/engine.ts'

let engine: Engine
let access: Table
let rates: Table
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  access = createTable(await engine.newTable('access'))
  rates = createTable(await engine.newTable('rates'))
})

/** Whether the write was done; false when its condition did not hold. */
async function isDone(table: Table, write: Write): Promise<boolean> {
  try {
    await table.write(write)
    return true
  } catch (error) {
    if (error instanceof ConditionFailed) return false
    throw error
  }
}

async function doneOf(count: number, attempt: () => Promise<boolean>): Promise<number> {
  const done = await Promise.all(Array.from({ length: count }, attempt))
  return done.filter(Boolean).length
}

describe('of twenty attempts at the same time, one', () => {
  it.each([
    ['finishes a sign-in', [writes.signInStarted], writes.signInFinished],
    ['uses a code', codeWritten, writes.codeUsed],
    ['uses a DPoP proof', [], writes.proofUsed],
    ['refreshes a session', sessionCreated, writes.refreshLocked],
    ['stores refreshed tokens', sessionCreated, writes.refreshStored],
  ] as const)('%s', async (_name, before, write) => {
    for (const each of before) await access.write(each)
    expect(await doneOf(20, () => isDone(access, write))).toBe(1)
  })
})

describe('what has expired', () => {
  it.each([
    ['a sign-in', writes.signInStarted.put, writes.signInFinished],
    ['a code', { ...keys.code }, writes.codeUsed],
  ] as const)('%s can not be used, although it is still stored', async (_name, item, write) => {
    await access.write({ put: { ...item, expiresAt: now } })
    expect(await isDone(access, write)).toBe(false)
    await access.write({ put: { ...item, expiresAt: now + 1 } })
    expect(await isDone(access, write)).toBe(true)
  })

  it('a used proof makes room for the same id', async () => {
    await access.write({ put: { ...writes.proofUsed.put, expiresAt: now } })
    expect(await isDone(access, writes.proofUsed)).toBe(true)
  })

  it('the lock of a refresh that crashed is taken over', async () => {
    await access.write({ put: { ...keys.session, version: 1, lockUntil: now + 1 } })
    expect(await isDone(access, writes.refreshLocked)).toBe(false)
    await access.write({ update: keys.session, set: { lockUntil: now } })
    expect(await isDone(access, writes.refreshLocked)).toBe(true)
  })
})

describe('counters', () => {
  async function isAllowed(at: number): Promise<boolean> {
    const { busy, idle } = bucketWrites(at)
    for (let attempt = 0; attempt < 50; attempt += 1) {
      if (await isDone(rates, busy)) return true
      if (await isDone(rates, idle)) return true
      const tat = Number((await rates.get(keys.bucket))?.tat)
      if (tat > at + 1900) return false
    }
    throw new Error('too many collisions')
  }

  it('let exactly 20 of 200 pass a bucket of 20, and 10 more a second later', async () => {
    const at = now * 1000
    expect(await doneOf(200, () => isAllowed(at))).toBe(20)
    expect(await doneOf(100, () => isAllowed(at + 1000))).toBe(10)
  })

  it('let exactly 123 of 200 pass a quota of 123', async () => {
    expect(await doneOf(200, () => isDone(rates, writes.quotaUsed))).toBe(123)
  })
})
