import { anonymous } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import type { Identity } from '../../src/identity.ts'
import type { FirebaseIssuer } from '../../src/issuers/issuer.ts'
import { createGoogle, type Google, type GoogleAccount } from '../kit/google.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { keys } from '../kit/keys.ts'
import { type Members, mint, shapes } from '../kit/mint.ts'
import { firebaseRow, now } from '../kit/rows.ts'

const uid = shapes.firebase.claims.sub
function google() {
  return createGoogle(keys.foreignRsa, [keys.firebase])
}

function identityOf(far: Google, row: Partial<FirebaseIssuer> = {}, onlineCheckMillisMax = 5000): Identity {
  return identityWith({
    issuers: [{ ...firebaseRow, onlineCheck: true, ...row }],
    firebaseOptions: () => far.options,
    bounds: { onlineCheckMillisMax },
  })
}

/** Signs in, then checks the account. */
async function check(identity: Identity, claims: Members = {}): Promise<string> {
  return outcomeOf(identity.checkAccount(await authenticate(identity, mint(shapes.firebase, claims))))
}

/** `auth_time` of the token is a minute ago. */
const accounts: readonly (readonly [string, GoogleAccount | undefined, string])[] = [
  ['an account in order', { localId: uid }, 'accepted'],
  ['an account never signed out', { localId: uid, validSince: '0' }, 'accepted'],
  ['an account signed out before this sign-in', { localId: uid, validSince: String(now - 61) }, 'accepted'],
  ['an account signed out in the second of this sign-in', { localId: uid, validSince: String(now - 60) }, 'accepted'],
  [
    'an account signed out everywhere since',
    { localId: uid, validSince: String(now - 59) },
    'UNAUTHENTICATED login_revoked',
  ],
  ['a disabled account', { localId: uid, disabled: true }, 'UNAUTHENTICATED account_disabled'],
  ['a deleted account', undefined, 'UNAUTHENTICATED account_deleted'],
]

describe('checkAccount', () => {
  it.each(accounts)('answers for %s', async (_what, account, expected) => {
    await using far = await google()
    if (account !== undefined) far.accounts.set(uid, account)
    expect(await check(identityOf(far))).toBe(expected)
    expect(far.requests.length).toBe(1)
  })

  it('calls Google each time, because an account may have been disabled since', async () => {
    await using far = await google()
    far.accounts.set(uid, { localId: uid })
    const identity = identityOf(far)
    const principal = await authenticate(identity, mint(shapes.firebase))
    expect(await outcomeOf(identity.checkAccount(principal))).toBe('accepted')
    far.accounts.set(uid, { localId: uid, disabled: true })
    expect(await outcomeOf(identity.checkAccount(principal))).toBe('UNAUTHENTICATED account_disabled')
  })

  it('looks the account up in the tenant of the row', async () => {
    await using far = await google()
    far.accounts.set(`tenants/acme${uid}`, { localId: uid })
    expect(await check(identityOf(far, { tenant: 'acme' }), { firebase: { tenant: 'acme' } })).toBe('accepted')
    far.accounts.clear()
    far.accounts.set(uid, { localId: uid })
    expect(await check(identityOf(far, { tenant: 'acme' }), { firebase: { tenant: 'acme' } })).toBe(
      'UNAUTHENTICATED account_deleted',
    )
  })

  it.each([400, 401, 403, 404, 429, 500])('is UNAVAILABLE, never a refusal, when Google answers %i', async (status) => {
    await using far = await google()
    far.fail(status)
    expect(await check(identityOf(far))).toBe('UNAVAILABLE online_check_failed')
  })

  it('is UNAVAILABLE in time when Google does not answer', async () => {
    await using far = await google()
    far.fail(0)
    expect(await check(identityOf(far, {}, 100))).toBe('UNAVAILABLE online_check_failed')
  })

  it('is UNAVAILABLE while firebase-admin cannot be set up, and tries again', async () => {
    await using far = await google()
    far.accounts.set(uid, { localId: uid })
    let broken = true
    const identity = identityWith({
      issuers: [{ ...firebaseRow, onlineCheck: true }],
      firebaseOptions: () => (broken ? { credential: 'none' as never } : far.options),
    })
    const principal = await authenticate(identity, mint(shapes.firebase))
    expect(await outcomeOf(identity.checkAccount(principal))).toBe('UNAVAILABLE online_check_failed')
    broken = false
    expect(await outcomeOf(identity.checkAccount(principal))).toBe('accepted')
  })

  it('makes no request for the principals of other rows', async () => {
    await using far = await google()
    expect(await check(identityOf(far, { onlineCheck: false }))).toBe('accepted')
    const identity = identityWith({ firebaseOptions: () => far.options })
    for (const shape of Object.values(shapes)) {
      expect(await outcomeOf(identity.checkAccount(await authenticate(identity, mint(shape))))).toBe('accepted')
    }
    expect(await outcomeOf(identity.checkAccount(anonymous))).toBe('accepted')
    expect(far.requests).toEqual([])
  })

  it('refuses a principal without time of sign-in whose logins were revoked', async () => {
    await using far = await google()
    far.accounts.set(uid, { localId: uid, validSince: String(now - 3600) })
    const identity = identityOf(far)
    const principal = await authenticate(identity, mint(shapes.firebase))
    expect(await outcomeOf(identity.checkAccount({ ...principal, authenticatedAt: undefined } as never))).toBe(
      'UNAUTHENTICATED login_revoked',
    )
  })
})
