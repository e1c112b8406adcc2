import { deleteApp, initializeApp } from 'firebase-admin/app'
import { type Auth, getAuth } from 'firebase-admin/auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGoogle, type Google } from '../kit/google.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { keys } from '../kit/keys.ts'
import { base64url, type Members, mint, type Shape, shapes } from '../kit/mint.ts'
import { firebaseRow } from '../kit/rows.ts'

/** firebase-admin knows only the machine's clock. */
const now = Math.floor(Date.now() / 1000)
const shape: Shape = {
  ...shapes.firebase,
  claims: { ...shapes.firebase.claims, iat: now - 60, exp: now + 600, auth_time: now - 60 },
}

let google: Google
let auth: Auth
let close: () => Promise<void>
beforeAll(async () => {
  google = await createGoogle(keys.foreignRsa, [keys.firebase])
  const app = initializeApp({ projectId: firebaseRow.projectId, ...google.options }, 'beside')
  auth = getAuth(app)
  close = () => deleteApp(app)
})
afterAll(async () => {
  await close()
  await google[Symbol.asyncDispose]()
})

const identity = identityWith({ clock: Date.now })
async function firebaseAdminAccepts(token: string): Promise<boolean> {
  return auth.verifyIdToken(token).then(
    () => true,
    () => false,
  )
}
function identityOutcome(token: string): Promise<string> {
  return outcomeOf(authenticate(identity, token))
}

function unsigned(header: Members): string {
  return `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(shape.claims))}.`
}

/** Refused by both. */
const refused: readonly (readonly [string, string])[] = [
  ['another key under this kid', mint({ ...shape, key: keys.foreignRsa })],
  ['an unknown kid', mint(shape, {}, { kid: 'other' })],
  ['another project', mint(shape, { aud: 'other', iss: 'https://securetoken.google.com/other' })],
  ['another audience', mint(shape, { aud: 'other' })],
  ['another issuer', mint(shape, { iss: 'https://securetoken.google.com/other' })],
  ['expired', mint(shape, { exp: now - 10 })],
  ['no subject', mint(shape, { sub: undefined })],
  ['an empty subject', mint(shape, { sub: '' })],
  ['HS256', mint(shape, {}, { alg: 'HS256' })],
  ['RS512', mint(shape, {}, { alg: 'RS512' })],
  ['the emulator’s unsigned token', unsigned({ alg: 'none', typ: 'JWT' })],
  ['an unsigned token that names a key', unsigned({ alg: 'none', kid: keys.firebase.kid })],
]

/** Refused by identity only: firebase-admin leaves these checks to its caller. */
const stricter: readonly (readonly [string, string])[] = [
  ['no exp', mint(shape, { exp: undefined })],
  ['iat ahead', mint(shape, { iat: now + 300 })],
  ['auth_time ahead', mint(shape, { auth_time: now + 300 })],
  ['a critical extension', mint(shape, {}, { crit: ['x'], x: 1 })],
  ['a life of a day', mint(shape, { exp: now + 86_000 })],
]

describe('an ID token of Firebase beside the real firebase-admin', () => {
  it('is accepted by both', async () => {
    const token = mint(shape)
    expect(await firebaseAdminAccepts(token)).toBe(true)
    expect(await identityOutcome(token)).toBe('accepted')
    expect(google.requests.some((path) => path.includes('/x509/'))).toBe(true)
  })

  it.each(refused)('is refused by both: %s', async (_what, token) => {
    expect(await firebaseAdminAccepts(token)).toBe(false)
    expect(await identityOutcome(token)).toMatch(/^UNAUTHENTICATED/)
  })

  it.each(stricter)('is refused by identity alone: %s', async (_what, token) => {
    expect(await firebaseAdminAccepts(token)).toBe(true)
    expect(await identityOutcome(token)).toMatch(/^UNAUTHENTICATED/)
  })
})
