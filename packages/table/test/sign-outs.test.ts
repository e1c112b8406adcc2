/** Sign-outs: the revocation, its limit, and the note for the issuer. */
import { AppError } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { endedKey, endedSessionKey, personSessionKey, sessionKey } from '../src/access-keys.ts'
import { type Digest, digestOf } from '../src/digest.ts'
import { LostAnswer } from '../src/failures.ts'
import { readRevocations } from '../src/revocations.ts'
import { signOutWindowSeconds } from '../src/sign-out-limit.ts'
import { forgetSignOut, readPendingSignOuts, type SignOut, writeSignOut } from '../src/sign-outs.ts'
import type { OpenTable } from '../src/table.ts'
import { accessTables } from './kit/access-tables.ts'

const now = 1_800_000_000
const personId = 'p'.repeat(27)
const one: SignOut = { personId, loginId: 'login-1', issuer: 'cognito', subject: 'sub-1' }
const all: SignOut = { ...one, loginId: undefined }

const newTable = accessTables()

function write(table: Pick<OpenTable, 'transact'>, signOut: SignOut, at = now): Promise<number> {
  return writeSignOut(table, signOut, at * 1000 + 999)
}

function errorOf(attempt: Promise<unknown>): Promise<AppError> {
  return attempt.then(
    () => expect.fail('it succeeded'),
    (error) => error,
  )
}

describe('a sign-out', () => {
  it('of one sign-in revokes that one, and leaves no note', async () => {
    const table = await newTable()
    expect(await write(table, one)).toBe(now)
    expect(await readRevocations(table, now - 60)).toEqual([{ kind: 'login', loginId: 'login-1' }])
    expect(await readPendingSignOuts(table)).toEqual([])
  })

  it('of every sign-in revokes the person until that second, and leaves a note for the issuer, in one request', async () => {
    const table = await newTable()
    expect(await write(table, all)).toBe(now)
    expect(table.used.requests).toBe(1)
    expect(await readRevocations(table, now - 60)).toEqual([{ kind: 'person', personId, at: now }])
    expect(await readPendingSignOuts(table)).toEqual([{ personId, issuer: 'cognito', subject: 'sub-1', at: now }])
  })

  it.each([one, all])('that is repeated is one in that second, and has a later instant after it', async (signOut) => {
    const table = await newTable()
    await write(table, signOut)
    await write(table, signOut)
    expect(await readRevocations(table, now - 60)).toHaveLength(1)
    await write(table, signOut, now + 5)
    expect((await readPendingSignOuts(table)).map(({ at }) => at)).toEqual(signOut === all ? [now + 5] : [])
  })

  it('of a slow clock leaves the later end of a faster one, and is written all the same', async () => {
    const table = await newTable()
    await write(table, all, now + 60)
    await write(table, all, now)
    expect(await table.get(endedKey(`person#${personId}`))).toMatchObject({ at: now + 60 })
    expect(await readRevocations(table, now - 60)).toHaveLength(2)
    await write(table, all, now + 90)
    expect(await table.get(endedKey(`person#${personId}`))).toMatchObject({ at: now + 90 })
  })

  it('is whole or absent: without an answer it may be repeated', async () => {
    const table = { transact: () => Promise.reject(new LostAnswer('cut')) }
    expect(await errorOf(write(table, all))).toMatchObject({ code: 'UNAVAILABLE', remedy: { kind: 'RETRY' } })
  })

  it('is refused for ids of the wrong form before anything is written', async () => {
    const table = await newTable()
    expect(await errorOf(write(table, { ...one, loginId: 'a#b' }))).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(table.used.requests).toBe(0)
  })
})

describe('a sign-out with browser sessions', () => {
  /** Stores sessions of the person. */
  async function newSessions(table: OpenTable, count: number) {
    const sessions = Array.from({ length: count }, (_, index) => ({ id: digestOf(`cookie ${index}`) }))
    for (const { id } of sessions)
      await table.transact([
        { put: { ...sessionKey(id), personId, version: 1 } },
        { put: { ...personSessionKey(personId, id) } },
      ])
    return sessions
  }

  const endedOf = async (table: OpenTable, sessions: readonly { readonly id: Digest }[]) => {
    const items = await table.batchGet(sessions.map(({ id }) => sessionKey(id)))
    return items.filter((item) => item.endedAt !== undefined).length
  }

  it('ends them in the same request, and leaves a note for the provider of each', async () => {
    const table = await newTable()
    const sessions = await newSessions(table, 2)
    const before = table.used.requests
    await writeSignOut(table, one, now * 1000, sessions)
    expect([table.used.requests - before, await endedOf(table, sessions)]).toEqual([1, 2])
    expect(await table.batchGet(sessions.map(({ id }) => endedSessionKey(personId, id)))).toHaveLength(2)
    expect(await readRevocations(table, now - 60)).toEqual([{ kind: 'login', loginId: 'login-1' }])
  })

  it('ends what is left where another call has ended one', async () => {
    const table = await newTable()
    const sessions = await newSessions(table, 3)
    await writeSignOut(table, one, now * 1000, sessions.slice(0, 1))
    await writeSignOut(table, { ...one, loginId: 'login-2' }, now * 1000, sessions)
    expect(await endedOf(table, sessions)).toBe(3)
    expect(await readRevocations(table, now - 60)).toHaveLength(2)
  })

  it('ends no session of another person, and is made all the same', async () => {
    const table = await newTable()
    const sessions = await newSessions(table, 1)
    await writeSignOut(table, { ...one, personId: 'q'.repeat(27) }, now * 1000, sessions)
    expect(await endedOf(table, sessions)).toBe(0)
    expect(await readRevocations(table, now - 60)).toHaveLength(1)
  })

  it('ends none of them over the limit', async () => {
    const table = await newTable()
    const sessions = await newSessions(table, 1)
    for (let count = 0; count < 30; count += 1) await write(table, { ...one, loginId: `login-${count}` })
    expect(await errorOf(writeSignOut(table, one, now * 1000, sessions))).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(await endedOf(table, sessions)).toBe(0)
  })

  it('ends all of them, though one transaction has room for 30', async () => {
    const table = await newTable()
    const sessions = await newSessions(table, 33)
    await writeSignOut(table, one, now * 1000, sessions)
    expect(await endedOf(table, sessions)).toBe(33)
  })
})

describe('the limit', () => {
  // A number of the test: with a larger limit the source fails, and the test ends.
  const signOutsMax = 30
  const start = Math.ceil(now / signOutWindowSeconds) * signOutWindowSeconds

  it(`is ${signOutsMax} of a kind for a person in a window: the next says how long to wait, and writes nothing`, async () => {
    const table = await newTable()
    for (let count = 0; count < signOutsMax; count += 1)
      await write(table, { ...one, loginId: `login-${count}` }, start + count)
    const error = await errorOf(write(table, { ...one, loginId: 'late' }, start + 100))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      remedy: { kind: 'RETRY', after: signOutWindowSeconds - 100 },
    })
    expect(await readRevocations(table, start)).toHaveLength(signOutsMax)
    // The other kind, another person and the next window have counts of their own.
    await write(table, all, start + 100)
    await write(table, { ...one, personId: 'q'.repeat(27) }, start + 100)
    await write(table, one, start + signOutWindowSeconds)
    expect(await readRevocations(table, start)).toHaveLength(signOutsMax + 3)
  })

  it('holds for calls at the same time', async () => {
    const table = await newTable()
    const calls = Array.from({ length: signOutsMax + 5 }, (_, count) =>
      write(table, { ...one, loginId: `login-${count}` }, start).then(
        () => 'done',
        (error: AppError) => error.code,
      ),
    )
    const found = await Promise.all(calls)
    const done = found.filter((outcome) => outcome === 'done')
    expect(done.length).toBeLessThanOrEqual(signOutsMax)
    expect(await readRevocations(table, start)).toHaveLength(done.length)
  })
})

describe('a note', () => {
  it('is removed when the issuer was informed, once or twice', async () => {
    const table = await newTable()
    await write(table, all)
    const [note] = await readPendingSignOuts(table)
    if (!note) throw new Error('no note')
    await forgetSignOut(table, note)
    await forgetSignOut(table, note)
    expect(await readPendingSignOuts(table)).toEqual([])
  })

  it('of one issuer stays when the person signs out with a token of another', async () => {
    const table = await newTable()
    await write(table, all)
    await write(table, { ...all, issuer: 'fieldnotes', subject: personId })
    const notes = await readPendingSignOuts(table)
    expect(notes.map(({ issuer, subject }) => [issuer, subject])).toEqual([
      ['cognito', 'sub-1'],
      ['fieldnotes', personId],
    ])
    await forgetSignOut(table, { personId, issuer: 'fieldnotes', at: now })
    expect((await readPendingSignOuts(table)).map(({ issuer }) => issuer)).toEqual(['cognito'])
  })

  it('stays where the person has signed out again since it was read', async () => {
    const table = await newTable()
    await write(table, all)
    const [note] = await readPendingSignOuts(table)
    await write(table, all, now + 1)
    if (note) await forgetSignOut(table, note)
    expect((await readPendingSignOuts(table)).map(({ at }) => at)).toEqual([now + 1])
  })
})
