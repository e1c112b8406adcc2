import { personSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { createSessionStore, type SessionStore } from '@fieldnotes/table/session-store'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSession, storeRefreshed } from '../../src/store/open-sessions.ts'
import { alice, bob, clock, newSession, now, startTable } from '../kit/world.ts'

let table: OpenTable
let store: SessionStore
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
  store = createSessionStore(table, clock)
})
afterAll(() => stop())

let people = 0
/** A person of this test alone. */
function newPerson(): string {
  people += 1
  return String(people).padStart(27, '0')
}

describe('list', () => {
  it('has the live sessions of one person, the last seen first, with what a page shows', async () => {
    const personId = newPerson()
    const older = await newSession(table, { personId, lastSeen: now - 60, userAgent: 'Safari' })
    const newer = await newSession(table, { personId })
    await newSession(table, { personId: newPerson() })
    const { personId: _, heldBy, version, access, accessUntil, refresh, ...shown } = older.session
    expect(await store.list(personId)).toEqual([expect.objectContaining({ id: newer.session.id }), shown])
  })

  it.each([
    ['after its idle end', { idleEnd: now }],
    ['after its absolute end', { absoluteEnd: now }],
  ])('has no session %s', async (_name, changes) => {
    const personId = newPerson()
    await newSession(table, { personId, ...changes })
    expect(await store.list(personId)).toEqual([])
  })

  it('reads every page', async () => {
    const personId = newPerson()
    await Promise.all(Array.from({ length: 205 }, () => newSession(table, { personId })))
    expect(await store.list(personId)).toHaveLength(205)
  })

  it('costs no more for sessions that have ended, however long the provider is out of reach', async () => {
    const personId = newPerson()
    await newSession(table, { personId })
    const costOf = async () => {
      const before = table.used.units
      await store.list(personId)
      return table.used.units - before
    }
    const cost = await costOf()
    const ended = await Promise.all(Array.from({ length: 120 }, () => newSession(table, { personId })))
    for (const { session } of ended) await store.end(personId, session.id)
    expect(await costOf()).toBe(cost)
  })

  it('reads a session of version 0.1.0, which has no instant of the sign-in', async () => {
    const personId = newPerson()
    const { cookie, session } = await newSession(table, { personId, firstSeen: now - 5 })
    for (const update of [sessionKey(session.id), personSessionKey(personId, session.id)])
      await table.write({ update, set: { signedInAt: undefined } })
    expect(await store.list(personId)).toMatchObject([{ signedInAt: now - 5 }])
    expect(await readSession(table, cookie, now)).toMatchObject({ signedInAt: now - 5 })
  })

  it('refuses an entry that it can not read', async () => {
    const personId = newPerson()
    await table.write({ put: { ...personSessionKey(personId, digestOf('x')), loginId: 1 } })
    await expect(store.list(personId)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('end', () => {
  it('ends one session, and no other', async () => {
    const personId = newPerson()
    const [one, other] = [await newSession(table, { personId }), await newSession(table, { personId })]
    expect(await store.end(personId, one.session.id)).toMatchObject({ loginId: one.session.loginId })
    expect(await readSession(table, one.cookie, now)).toBeUndefined()
    expect(await readSession(table, other.cookie, now)).toBeDefined()
    expect((await store.list(personId)).map(({ id }) => id)).toEqual([other.session.id])
  })

  it('of twenty calls at once, one gets the session', async () => {
    const { session } = await newSession(table)
    const ended = await Promise.all(Array.from({ length: 20 }, () => store.end(alice, session.id)))
    expect(ended.filter(Boolean)).toHaveLength(1)
  })

  it('answers alike for a session of another person, an ended one, and every other text', async () => {
    const theirs = await newSession(table, { personId: bob })
    const ended = await newSession(table)
    await store.end(alice, ended.session.id)
    const ids = [theirs.session.id, ended.session.id, digestOf('nothing'), '', '~', `${theirs.session.id}#`, '%']
    for (const id of ids) expect([id, await store.end(alice, id)]).toEqual([id, undefined])
    expect(await readSession(table, theirs.cookie, now)).toBeDefined()
  })

  it('does not end a session by an entry in the list of another person', async () => {
    const theirs = await newSession(table, { personId: bob })
    const [entry] = (await store.list(bob)).filter(({ id }) => id === theirs.session.id)
    await table.write({ put: { ...personSessionKey(alice, theirs.session.id), ...entry, expiresAt: now + 9 } })
    expect(await store.end(alice, theirs.session.id)).toBeUndefined()
    expect(await readSession(table, theirs.cookie, now)).toBeDefined()
  })

  it('removes the access token, and keeps the refresh token for the provider', async () => {
    const { session } = await newSession(table)
    await store.end(alice, session.id)
    const item = await table.get(sessionKey(session.id))
    expect(item).toMatchObject({ endedAt: now, box: session.refresh.box })
    expect(item).not.toHaveProperty('access')
  })

  it('wins against a refresh that is running', async () => {
    const { cookie, session } = await newSession(table)
    await store.end(alice, session.id)
    expect(await storeRefreshed(table, session, { ...session, accessUntil: now + 1800 })).toBe(false)
    expect(await readSession(table, cookie, now)).toBeUndefined()
    expect(await store.list(alice)).not.toContainEqual(expect.objectContaining({ id: session.id }))
  })
})

describe('endAll', () => {
  it("ends all of one person's sessions, and returns each once", async () => {
    const personId = newPerson()
    const made = await Promise.all(Array.from({ length: 5 }, () => newSession(table, { personId })))
    const other = await newSession(table, { personId: newPerson() })
    const ended = await Promise.all([store.endAll(personId, now), store.endAll(personId, now)])
    expect(ended.flat().map(({ id }) => id)).toHaveLength(5)
    expect(new Set(ended.flat().map(({ id }) => id))).toEqual(new Set(made.map(({ session }) => session.id)))
    for (const { cookie } of made) expect(await readSession(table, cookie, now)).toBeUndefined()
    expect(await readSession(table, other.cookie, now)).toBeDefined()
    expect(await store.endAll(personId, now)).toEqual([])
  })

  it('compares the instant with that of the sign-in, and not with that of the session', async () => {
    const personId = newPerson()
    const inFlight = await newSession(table, { personId, signedInAt: now - 60, firstSeen: now })
    const later = await newSession(table, { personId, signedInAt: now - 29, firstSeen: now })
    expect(await store.endAll(personId, now - 30)).toMatchObject([{ id: inFlight.session.id }])
    expect(await store.list(personId)).toMatchObject([{ id: later.session.id }])
  })
})

describe('endLogin', () => {
  it('ends the session of a sign-in by its id alone, and no other', async () => {
    const personId = newPerson()
    const [one, other] = [await newSession(table, { personId }), await newSession(table, { personId })]
    expect(await store.endLogin(one.session.loginId)).toMatchObject([{ id: one.session.id }])
    expect(await readSession(table, one.cookie, now)).toBeUndefined()
    expect(await readSession(table, other.cookie, now)).toBeDefined()
    expect(await store.endLogin(one.session.loginId)).toEqual([])
  })

  it.each(['nothing', '~', 'login of'])('ends nothing for %j', async (loginId) => {
    const { cookie } = await newSession(table)
    expect(await store.endLogin(loginId)).toEqual([])
    expect(await readSession(table, cookie, now)).toBeDefined()
  })
})
