import { createSessionStore } from '@fieldnotes/table/session-store'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginSession } from '../../src/steps/begin-session.ts'
import { readEnded, readSession } from '../../src/store/open-sessions.ts'
import { clock, newSession, now, startTable } from '../kit/world.ts'
import { partsAt, personOf } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

function begin(personId: string, userAgent?: string, revoked: string[] = []) {
  const tokens = { accessToken: 'a', refreshToken: 'r' }
  return beginSession(partsAt(table, revoked), { person: personOf(personId), ...tokens, userAgent })
}

describe('beginSession', () => {
  it.each([
    ['a browser', 'Mozilla/5.0', 'Mozilla/5.0'],
    ['a browser that sends none', undefined, ''],
    ['text that hides or reorders', 'a\u202eb\u0000c', 'a b c'],
    ['more than 200 characters', 'x'.repeat(201), 'x'.repeat(200)],
  ])('stores a user agent of one visible line: %s', async (name, sent, stored) => {
    const cookie = await begin(name.padEnd(27, '.'), sent)
    expect((await readSession(table, cookie, now))?.userAgent).toBe(stored)
  })

  it('ends the session that was seen least recently, when a person has 50, and keeps nothing of it', async () => {
    const personId = 'm'.repeat(27)
    const before = await Promise.all(
      Array.from({ length: 50 }, (_, index) => newSession(table, { personId, lastSeen: now - 100 + index })),
    )
    const revoked: string[] = []
    const cookie = await begin(personId, undefined, revoked)
    expect([revoked, await readEnded(table, personId, 1)]).toEqual([['a refresh token'], []])
    expect(await createSessionStore(table, clock).list(personId)).toHaveLength(50)
    expect(await readSession(table, cookie, now)).toBeDefined()
    expect(await readSession(table, before[0]?.cookie ?? cookie, now)).toBeUndefined()
    expect(await readSession(table, before[1]?.cookie ?? cookie, now)).toBeDefined()
  })
})
