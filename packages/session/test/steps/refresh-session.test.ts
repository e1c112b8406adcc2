/** Whose tokens a refresh stores. */
import { AppError } from '@fieldnotes/core/error'
import { sessionKey } from '@fieldnotes/table/access-keys'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refresh } from '../../src/steps/refresh-session.ts'
import type { Person } from '../../src/steps/session-parts.ts'
import { readSession } from '../../src/store/open-sessions.ts'
import { alice, bob, newSession, now, startTable } from '../kit/world.ts'
import { partsAt, personOf } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

/** A due session of alice, and its refresh where the provider answers with tokens of a person. */
async function refreshedAs(person: Person) {
  const { cookie } = await newSession(table, { loginId: personOf(alice).loginId, accessUntil: now })
  const parts = partsAt(table, [], { refresh: async () => ({ accessToken: 'new', refreshToken: undefined }) })
  return { cookie, session: await refresh({ ...parts, identity: { authenticate: async () => person } }, cookie) }
}

it('stores the tokens of the same person and sign-in', async () => {
  const { cookie, session } = await refreshedAs(personOf(alice))
  expect([session?.version, (await readSession(table, cookie, now))?.version]).toEqual([2, 2])
})

it.each([
  ['another person', { ...personOf(bob), loginId: personOf(alice).loginId }],
  ['another sign-in', { ...personOf(alice), loginId: 'another' }],
])('ends the session where the tokens are of %s', async (_of, person) => {
  const { cookie, session } = await refreshedAs(person)
  expect([session, await readSession(table, cookie, now)]).toEqual([undefined, undefined])
})

it('gives the lock back where the provider is out of reach, so that the next request tries again at once', async () => {
  const { cookie, session } = await newSession(table, { accessUntil: now + 30 })
  const down = () => Promise.reject(new AppError('UNAVAILABLE', 'down'))
  expect(await refresh(partsAt(table, [], { refresh: down }), cookie)).toMatchObject({ version: 1 })
  expect(await table.get(sessionKey(session.id))).not.toHaveProperty('lockUntil')
})

it('leaves the session as it was where the new token can not be judged: the refresh token works as before', async () => {
  const { cookie, session } = await newSession(table, { accessUntil: now + 30 })
  const parts = partsAt(table, [], { refresh: async () => ({ accessToken: 'new', refreshToken: undefined }) })
  const authenticate = () => Promise.reject(new AppError('UNAVAILABLE', 'down'))
  expect(await refresh({ ...parts, identity: { authenticate } }, cookie)).toEqual(session)
  expect(await readSession(table, cookie, now)).toEqual(session)
  expect(await table.get(sessionKey(session.id))).not.toHaveProperty('lockUntil')
})
