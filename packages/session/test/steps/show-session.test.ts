/** Whether a browser is signed in, where its access token is due and can't say it. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { writeRevocation } from '@fieldnotes/table/revocations'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionCookie } from '../../src/http/cookies.ts'
import type { Event } from '../../src/http/event.ts'
import { showSession } from '../../src/steps/show-session.ts'
import type { StoredSession } from '../../src/store/session-item.ts'
import { alice, bob, clock, newSession, now, startTable } from '../kit/world.ts'
import { partsAt } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

/** What `GET /session` says of a session whose token is due. */
async function shown(changes: Partial<StoredSession>): Promise<unknown> {
  const { cookie } = await newSession(table, { accessUntil: now, ...changes })
  const event = { cookies: [`${sessionCookie}=${cookie}`] } as unknown as Event
  return JSON.parse((await showSession(partsAt(table), event)).body ?? '')
}

describe('a session whose access token is due', () => {
  it.each<[string, Revocation, Partial<StoredSession>, Partial<StoredSession>]>([
    ['person', { kind: 'person', personId: bob, at: now }, { personId: bob }, { personId: bob, signedInAt: now + 1 }],
    ['sign-in', { kind: 'login', loginId: 'ended' }, { loginId: 'ended' }, { loginId: 'another' }],
    [
      'app',
      { kind: 'app', personId: alice, clientId: 'firebase-session', at: now },
      { heldBy: 'own' },
      { heldBy: 'pool' },
    ],
    [
      'client',
      { kind: 'client', issuer: 'cognito', clientId: 'sessions', at: now },
      { personId: 'c'.repeat(27) },
      { personId: 'c'.repeat(27), heldBy: 'own' },
    ],
  ])('is signed out where its %s is revoked, and no other one', async (_kind, revocation, revoked, other) => {
    expect(await shown(revoked)).toMatchObject({ signedIn: true })
    await writeRevocation(table, revocation, clock())
    expect(await shown(revoked)).toEqual({ signedIn: false })
    expect(await shown(other)).toMatchObject({ signedIn: true, name: 'Alice' })
  })
})
