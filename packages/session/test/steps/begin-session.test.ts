import { AppError } from '@fieldnotes/core/error'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { createSessionStore } from '@fieldnotes/table/session-store'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginSession } from '../../src/steps/begin-session.ts'
import { readEndedOf } from '../../src/store/ended-sessions.ts'
import { readSession } from '../../src/store/open-sessions.ts'
import { clock, newSession, now, startTable } from '../kit/world.ts'
import { partsAt, personOf } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

const source = { issuer: 'cognito', subject: 'a subject' }
const tokens = { heldBy: 'pool', accessToken: 'a', refreshToken: 'r', source } as const

function begin(personId: string, userAgent?: string, revoked: string[] = []) {
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

  it('lists where the person has signed in, which an operator and a sign-out everywhere need', async () => {
    const personId = 's'.repeat(27)
    await begin(personId)
    expect(await createSessionStore(table, clock).list(personId)).toMatchObject([{ source }])
  })

  it('ends the session that was seen least recently, when a person has 50, and keeps nothing of it', async () => {
    const personId = 'm'.repeat(27)
    const before = await Promise.all(
      Array.from({ length: 50 }, (_, index) => newSession(table, { personId, lastSeen: now - 100 + index })),
    )
    const revoked: string[] = []
    const cookie = await begin(personId, undefined, revoked)
    expect([revoked, await readEndedOf(table, personId, 1)]).toEqual([['a refresh token'], []])
    expect(await createSessionStore(table, clock).list(personId)).toHaveLength(50)
    expect(await readSession(table, cookie, now)).toBeDefined()
    expect(await readSession(table, before[0]?.cookie ?? cookie, now)).toBeUndefined()
    expect(await readSession(table, before[1]?.cookie ?? cookie, now)).toBeDefined()
  })

  it('keeps the new session where the others are of a process whose clock is ahead', async () => {
    const personId = 'p'.repeat(27)
    await Promise.all(Array.from({ length: 50 }, () => newSession(table, { personId, lastSeen: now + 1 })))
    expect(await readSession(table, await begin(personId), now)).toBeDefined()
    expect(await createSessionStore(table, clock).list(personId)).toHaveLength(50)
  })

  it('is not refused by an outage after the session was stored', async () => {
    const personId = 'n'.repeat(27)
    const events: string[] = []
    const query: OpenTable['query'] = (range) =>
      range.pk.startsWith('PERSON#') ? Promise.reject(new AppError('UNAVAILABLE', 'cut')) : table.query(range)
    const parts = {
      ...partsAt(table),
      table: { ...table, query },
      log: (_level: string, event: string) => events.push(event),
    }
    const cookie = await beginSession(parts, { person: personOf(personId), ...tokens, userAgent: undefined })
    expect(await readSession(table, cookie, now)).toBeDefined()
    expect(events).toEqual(['session.oldest_not_ended'])
  })

  it.each([
    ['of the person', (personId: string) => ({ kind: 'person', personId, at: now }) as const],
    ['of the sign-in', (personId: string) => ({ kind: 'login', loginId: personOf(personId).loginId }) as const],
  ])('ends with a revocation %s that was written while it was in flight', async (name, of) => {
    const personId = name.replaceAll(' ', '-').padEnd(27, 'r')
    // The revocation and the end of sessions come after the judgement of the token, and before the session is stored.
    await writeRevocation(table, of(personId), now * 1000)
    await expect(begin(personId)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', reason: 'revoked' })
    expect(await createSessionStore(table, clock).list(personId)).toEqual([])
    expect(await readEndedOf(table, personId, 2)).toHaveLength(1)
  })

  it('goes on beside a revocation of another person, and one of earlier sign-ins', async () => {
    const personId = 'k'.repeat(27)
    await writeRevocation(table, { kind: 'person', personId: 'j'.repeat(27), at: now }, now * 1000)
    await writeRevocation(table, { kind: 'person', personId, at: now - 61 }, now * 1000)
    expect(await readSession(table, await begin(personId), now)).toMatchObject({ signedInAt: now - 60 })
  })

  it('is refused while revocations can not be read, and leaves no session', async () => {
    const personId = 'i'.repeat(27)
    const batchGet = () => Promise.reject(new AppError('UNAVAILABLE', 'cut'))
    const parts = { ...partsAt(table), table: { ...table, batchGet } }
    const begun = { person: personOf(personId), ...tokens, userAgent: undefined }
    await expect(beginSession(parts, begun)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await createSessionStore(table, clock).list(personId)).toEqual([])
  })
})
