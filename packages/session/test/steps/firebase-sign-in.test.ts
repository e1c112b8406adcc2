import { AppError } from '@fieldnotes/core/error'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Event } from '../../src/http/event.ts'
import { signInWithFirebase } from '../../src/steps/firebase-sign-in.ts'
import type { SessionParts } from '../../src/steps/session-parts.ts'
import { alice, bob, now, startTable } from '../kit/world.ts'
import { partsAt, personOf } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

const event = { body: JSON.stringify({ idToken: 'a.b.c' }), headers: {}, isBase64Encoded: false } as Event
const firebase = { firebaseNames: ['sample'] }

/** Parts where the ID token is of alice, and the access token of our own issuer of another person, or of her. */
function partsOf(accessTokenOf: string, revoked: string[] = []): SessionParts {
  const tokens = { accessToken: 'access', refreshToken: 'refresh' }
  const authenticate: SessionParts['identity']['authenticate'] = async ({ authorization }) =>
    String(authorization).endsWith('a.b.c') ? sampleUser({ id: alice, authenticatedAt: now }) : personOf(accessTokenOf)
  const parts = partsAt(table)
  const revoke = async (token: string) => void revoked.push(token)
  return {
    ...parts,
    identity: { authenticate },
    ownIssuer: { ...parts.ownIssuer, exchange: async () => tokens, revoke },
  }
}

describe('signInWithFirebase', () => {
  it('begins a session, and revokes nothing', async () => {
    const revoked: string[] = []
    const { statusCode, cookies } = await signInWithFirebase(partsOf(alice, revoked), event, firebase)
    expect([statusCode, cookies?.length, revoked]).toEqual([204, 2, []])
  })

  it('is NOT_FOUND where no Firebase project is trusted, whatever was sent', async () => {
    const none = { firebaseNames: [] }
    for (const sent of [event, { ...event, body: '' }])
      await expect(signInWithFirebase(partsOf(alice), sent, none)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each([
    ['of another person', (parts: SessionParts) => parts, 'UNAUTHENTICATED', bob],
    [
      'that the table does not take',
      (parts: SessionParts): SessionParts => {
        const transact = () => Promise.reject(new AppError('UNAVAILABLE', 'down'))
        return { ...parts, table: { ...parts.table, transact } }
      },
      'UNAVAILABLE',
      alice,
    ],
  ])('revokes tokens %s: no sign-in is without an owner', async (_what, changed, code, person) => {
    const revoked: string[] = []
    const parts = changed(partsOf(person, revoked))
    await expect(signInWithFirebase(parts, event, firebase)).rejects.toMatchObject({ code })
    expect(revoked).toEqual(['refresh'])
  })
})
