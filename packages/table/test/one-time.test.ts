/** What may happen once: exactly so, however many attempts come at the same time. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ConditionFailed } from '../src/failures.ts'
import { createTable, type Table } from '../src/table.ts'
import type { Write } from '../src/writes.ts'
import { codeWritten, keys, now, sessionCreated, writes } from './kit/access.ts'
import { type Engine, startEngine } from './kit/engine.ts'

let engine: Engine
let access: Table
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  access = createTable(await engine.newTable('access'))
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
