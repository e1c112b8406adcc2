import { hasEnded } from '@fieldnotes/table/lasting-ends'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { signOutsMax } from '@fieldnotes/table/sign-out-limit'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CookieSecret } from '../../src/crypto/cookie-secret.ts'
import { sessionCookie } from '../../src/http/cookies.ts'
import type { Event } from '../../src/http/event.ts'
import { signOut } from '../../src/steps/browser-sign-out.ts'
import { readSession } from '../../src/store/open-sessions.ts'
import { clock, newSession, now, startTable } from '../kit/world.ts'
import { partsAt } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

function signOutOf(cookie: CookieSecret) {
  return signOut(partsAt(table), { cookies: [`${sessionCookie}=${cookie}`] } as unknown as Event)
}

describe('signOut', () => {
  it('ends any number of sessions, and one person writes a limited number of revocations', async () => {
    const personId = 'l'.repeat(27)
    const logins = Array.from({ length: signOutsMax + 2 }, (_, index) => `login-${index}`)
    const begun = await Promise.all(logins.map((loginId) => newSession(table, { personId, loginId })))
    for (const { cookie } of begun) {
      expect((await signOutOf(cookie)).statusCode).toBe(204)
      expect(await readSession(table, cookie, now)).toBeUndefined()
    }
    expect(await readRevocations(table, now)).toHaveLength(signOutsMax)
    // No other token of these sign-ins begins a session either.
    const of = { personId, issuer: 'own', clientId: '-', authTime: now }
    const ended = await Promise.all(logins.map((loginId) => hasEnded(table, { ...of, loginId })))
    expect(ended).toEqual(logins.map(() => true))
    expect(await hasEnded(table, { ...of, loginId: 'another' })).toBe(false)
  })

  it('ends every session of the sign-in, which Firebase may have begun with several ID tokens, and no other', async () => {
    const personId = 'm'.repeat(27)
    const [one, same, other] = await Promise.all(
      ['twice', 'twice', 'once'].map((loginId) => newSession(table, { personId, loginId, heldBy: 'own' })),
    )
    if (!one || !same || !other) throw new Error('no sessions')
    await signOutOf(one.cookie)
    for (const { cookie } of [one, same]) expect(await readSession(table, cookie, now)).toBeUndefined()
    expect(await createSessionStore(table, clock).list(personId)).toMatchObject([{ id: other.session.id }])
  })

  it('revokes the sign-in of another person all the same', async () => {
    const { cookie, session } = await newSession(table, { personId: 'o'.repeat(27), loginId: 'of-another-person' })
    await signOutOf(cookie)
    expect(await readRevocations(table, now)).toContainEqual({ kind: 'login', loginId: session.loginId })
  })
})
