import { endedSessionKey, loginSessionKey, personSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { ConditionFailed } from '@fieldnotes/table/failures'
import { entryItem } from '@fieldnotes/table/session-entries'
import { createSessionStore } from '@fieldnotes/table/session-store'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCookieSecret } from '../../src/crypto/cookie-secret.ts'
import { forget, readEndedOf } from '../../src/store/ended-sessions.ts'
import { lockSeconds } from '../../src/store/lifetimes.ts'
import { createSession, readSession, releaseLock, storeRefreshed, takeLock } from '../../src/store/open-sessions.ts'
import { alice, clock, envelope, newSession, now, sessionFor, startTable } from '../kit/world.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

async function countOf(attempts: readonly Promise<unknown>[]): Promise<number> {
  return (await Promise.all(attempts)).filter(Boolean).length
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(value instanceof Uint8Array ? value : String(value))
}

describe('readSession', () => {
  it('returns the session of a cookie, by one read', async () => {
    const { cookie, session } = await newSession(table)
    const before = table.used.requests
    expect(await readSession(table, cookie, now)).toEqual(session)
    expect(table.used.requests - before).toBe(1)
  })

  it.each([
    ['of another cookie', now, {}],
    ['at its idle end', now, { idleEnd: now }],
    ['at its absolute end', now, { absoluteEnd: now }],
  ] as const)('has no session %s', async (name, at, changes) => {
    const { cookie } = await newSession(table, changes)
    expect(await readSession(table, name === 'of another cookie' ? newCookieSecret() : cookie, at)).toBeUndefined()
  })

  it('has the session a second before its end', async () => {
    const { cookie } = await newSession(table, { idleEnd: now + 1 })
    expect(await readSession(table, cookie, now)).toBeDefined()
    expect(await readSession(table, cookie, now + 1)).toBeUndefined()
  })

  it('refuses an item that it can not read', async () => {
    const { cookie, session } = await newSession(table)
    await table.write({ update: sessionKey(session.id), set: { accessUntil: 'soon' } })
    await expect(readSession(table, cookie, now)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('createSession', () => {
  it('stores neither a cookie nor a token', async () => {
    const { cookie, session } = await newSession(table)
    const keys = [
      sessionKey(session.id),
      personSessionKey(alice, session.id),
      loginSessionKey(session.loginId, session.id),
    ]
    const items = await table.batchGet(keys)
    expect(items).toHaveLength(3)
    const text = items.flatMap((item) => Object.values(item ?? {})).map(bytesOf)
    expect(text.length).toBeGreaterThan(10)
    for (const secret of [cookie, 'an access token', 'a refresh token'])
      expect(text.filter((value) => value.includes(secret))).toEqual([])
  })

  it('replaces no session', async () => {
    const { cookie, session } = await newSession(table)
    await expect(createSession(table, { ...session, personId: 'm'.repeat(27) })).rejects.toThrow(ConditionFailed)
    expect(await readSession(table, cookie, now)).toMatchObject({ personId: alice })
  })

  it('stores a session and its entry, or none of both', async () => {
    const { cookie, session } = await sessionFor()
    await table.write({ put: { ...entryItem(alice, session) } })
    await expect(createSession(table, session)).rejects.toThrow(ConditionFailed)
    expect(await readSession(table, cookie, now)).toBeUndefined()
  })
})

describe('takeLock', () => {
  it('is given to one of thirty', async () => {
    const { session } = await newSession(table)
    expect(await countOf(Array.from({ length: 30 }, () => takeLock(table, session, now)))).toBe(1)
  })

  it('is given again after a crash, to one of thirty', async () => {
    const { session } = await newSession(table)
    await takeLock(table, session, now)
    expect(await takeLock(table, session, now + lockSeconds - 1)).toBeUndefined()
    const later = now + lockSeconds
    expect(await countOf(Array.from({ length: 30 }, () => takeLock(table, session, later)))).toBe(1)
  })

  it('is given at once after a refresh that failed', async () => {
    const { session } = await newSession(table)
    const lock = (await takeLock(table, session, now)) ?? 0
    expect(await releaseLock(table, session, lock)).toBe(true)
    expect(await takeLock(table, session, now)).toBe(now + lockSeconds)
  })

  it('is not given to a request that read an older version', async () => {
    const { session } = await newSession(table)
    await takeLock(table, session, now)
    await storeRefreshed(table, session, session)
    expect(await takeLock(table, session, now)).toBeUndefined()
    expect(await takeLock(table, { ...session, version: 2 }, now)).toBeDefined()
  })

  it('is not given back by a process whose lock has passed to another one', async () => {
    const { session } = await newSession(table)
    const first = (await takeLock(table, session, now)) ?? 0
    const second = (await takeLock(table, session, now + lockSeconds)) ?? 0
    expect(await releaseLock(table, session, first)).toBe(false)
    expect(await takeLock(table, session, now + lockSeconds)).toBeUndefined()
    expect(await releaseLock(table, session, second)).toBe(true)
  })
})

describe('storeRefreshed', () => {
  it('stores one of two results: the holder of a lock that has passed may still be running', async () => {
    const { cookie, session } = await newSession(table)
    const results = [now + 1000, now + 2000].map((accessUntil) =>
      storeRefreshed(table, session, { ...session, accessUntil }),
    )
    expect(await countOf(results)).toBe(1)
    expect(await readSession(table, cookie, now)).toMatchObject({ version: 2 })
  })

  it('moves the idle end and the last use, also in the list', async () => {
    const { cookie, session } = await newSession(table)
    const moved = { lastSeen: now + 60, idleEnd: now + 3660, refresh: await envelope.seal('next', session.id) }
    await storeRefreshed(table, session, { ...session, ...moved })
    expect(await readSession(table, cookie, now)).toEqual({ ...session, ...moved, version: 2 })
    const [entry] = (await createSessionStore(table, clock).list(alice)).filter(({ id }) => id === session.id)
    expect(entry).toMatchObject({ lastSeen: now + 60, idleEnd: now + 3660 })
  })
})

describe('an ended session', () => {
  it('is kept until it is forgotten, with the refresh token that the provider has to revoke', async () => {
    const personId = 'e'.repeat(27)
    const { session } = await newSession(table, { personId })
    await newSession(table, { personId })
    await createSessionStore(table, clock).end(personId, session.id)
    const ended = await readEndedOf(table, personId, 20)
    const held = { loginId: session.loginId, heldBy: 'pool', refresh: session.refresh }
    expect(ended).toEqual([{ id: session.id, personId, held }])
    expect(await readEndedOf(table, 'f'.repeat(27), 20)).toEqual([])
    for (const each of [...ended, ...ended]) await forget(table, each)
    expect(await readEndedOf(table, personId, 20)).toEqual([])
    expect(await table.batchGet([sessionKey(session.id), loginSessionKey(session.loginId, session.id)])).toEqual([])
  })

  it('is kept for as long as a refresh token of the user pool lives: 30 days', async () => {
    const { session } = await newSession(table)
    await createSessionStore(table, clock).end(alice, session.id)
    const items = await table.batchGet([sessionKey(session.id), endedSessionKey(alice, session.id)])
    expect(items.map(({ expiresAt }) => expiresAt)).toEqual([now + 30 * 86_400, now + 30 * 86_400])
  })

  it('is not forgotten while it is live', async () => {
    const { cookie, session } = await newSession(table)
    await forget(table, { ...session, held: undefined })
    expect(await readSession(table, cookie, now)).toBeDefined()
  })
})
