/** Mails, Google and the project's backend: what the Firebase SDK does beside a password, at the local cloud. */
import {
  type Auth,
  applyActionCode,
  confirmPasswordReset,
  createUserWithEmailAndPassword,
  linkWithCredential,
  sendEmailVerification,
  sendPasswordResetEmail,
  signInWithCredential,
  signInWithEmailAndPassword,
  signOut,
  type User,
  unlink,
  verifyBeforeUpdateEmail,
  verifyPasswordResetCode,
} from '@firebase/auth'
import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { google, newAddress, password, useFirebase } from './support/firebase-sdk.ts'
import { ask } from './support/graphql-client.ts'

const alice = ['alice@firebase.example', 'fieldnotes-alice'] as const
const { administer, cloud, codeFor, me, connect } = useFirebase()

let auth: Auth

beforeEach(() => {
  auth = connect()
})

describe('a mail', () => {
  it('sets a forgotten password, once', async () => {
    const address = newAddress()
    await createUserWithEmailAndPassword(auth, address, password)
    await sendPasswordResetEmail(auth, address)
    await sendPasswordResetEmail(auth, 'unknown@example.com')
    const code = await codeFor(address)
    expect(await cloud().printed()).toContain(code)
    expect(await verifyPasswordResetCode(auth, code)).toBe(address)
    await confirmPasswordReset(auth, code, 'another horse')
    await expect(confirmPasswordReset(auth, code, 'third horse')).rejects.toMatchObject({
      code: 'auth/invalid-action-code',
    })
    expect((await signInWithEmailAndPassword(auth, address, 'another horse')).user.email).toBe(address)
  })

  it('verifies an address, which the endpoint then shows', async () => {
    const address = newAddress()
    const { user } = await createUserWithEmailAndPassword(auth, address, password)
    await sendEmailVerification(user)
    await applyActionCode(auth, await codeFor(address))
    await user.reload()
    expect(user.emailVerified).toBe(true)
    expect((await me(user, true)).data.me.email).toBe(address)
  })

  it('changes an address', async () => {
    const [before, after] = [newAddress(), newAddress()]
    const { user } = await createUserWithEmailAndPassword(auth, before, password)
    await verifyBeforeUpdateEmail(user, after)
    await applyActionCode(auth, await codeFor(after))
    const { uid } = (await signInWithEmailAndPassword(auth, after, password)).user
    expect(uid).toBe(user.uid)
  })
})

describe('Google', () => {
  it('signs a person in, whom the endpoint knows by the verified address', async () => {
    const email = newAddress()
    const { user } = await signInWithCredential(auth, google({ sub: 'g-1', email, name: 'Gina' }))
    expect(decodeJwt<{ firebase: object }>(await user.getIdToken()).firebase).toMatchObject({
      sign_in_provider: 'google.com',
      identities: { 'google.com': ['g-1'] },
    })
    expect((await me(user)).data.me).toMatchObject({ name: 'Gina', email })
  })

  it('can not add groups or scopes: those of the credential reach no token', async () => {
    const email = newAddress()
    const claims = { sub: 'g-2', email, groups: ['staff'], scope: 'notes:audit' }
    const { user } = await signInWithCredential(auth, google(claims))
    const payload = decodeJwt(await user.getIdToken())
    expect([payload.groups, payload.scope]).toEqual([undefined, undefined])
  })

  it('with an unverified address does not sign in the account that has it', async () => {
    const credential = google({ sub: 'g-3', email: alice[0], email_verified: false })
    await expect(signInWithCredential(auth, credential)).rejects.toMatchObject({
      code: 'auth/account-exists-with-different-credential',
    })
  })

  it('is linked to an account, and unlinked', async () => {
    const { user } = await createUserWithEmailAndPassword(auth, newAddress(), password)
    const credential = google({ sub: 'g-4', email: newAddress() })
    await linkWithCredential(user, credential)
    await signOut(auth)
    expect((await signInWithCredential(auth, credential)).user.uid).toBe(user.uid)
    const unlinked = await unlink(auth.currentUser as User, 'google.com')
    expect(unlinked.providerData.map(({ providerId }) => providerId)).toEqual(['password'])
  })
})

describe("the project's backend", () => {
  it('sets scopes and groups, which the endpoint applies to the next token', async () => {
    const { user } = await createUserWithEmailAndPassword(auth, newAddress(), password)
    const create = { query: 'mutation { createNote(input: { title: "x" }) { note { id } } }' }
    expect((await ask(cloud().url, { token: await user.getIdToken(), ...create })).codes).toEqual({})
    await administer({ localId: user.uid, customAttributes: JSON.stringify({ scope: 'notes:read' }) })
    const refused = await ask(cloud().url, { token: await user.getIdToken(true), ...create })
    expect(refused.codes).toEqual({ createNote: 'FORBIDDEN' })
  })

  it('disables an account: it gets no token any more, by no way', async () => {
    const address = newAddress()
    const { user } = await createUserWithEmailAndPassword(auth, address, password)
    await administer({ localId: user.uid, disableUser: true })
    await expect(user.getIdToken(true)).rejects.toMatchObject({ code: 'auth/user-disabled' })
    await expect(signInWithEmailAndPassword(auth, address, password)).rejects.toMatchObject({
      code: 'auth/user-disabled',
    })
    await administer({ localId: user.uid, disableUser: false })
    await signInWithEmailAndPassword(auth, address, password)
  })
})
