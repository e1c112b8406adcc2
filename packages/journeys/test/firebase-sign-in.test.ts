/**
 * The real Firebase SDK signs people in at the local cloud, and the endpoint judges each token as it judges Firebase's
 * own.
 */
import { deleteApp, type FirebaseApp, initializeApp } from '@firebase/app'
import {
  type Auth,
  applyActionCode,
  confirmPasswordReset,
  connectAuthEmulator,
  createUserWithEmailAndPassword,
  deleteUser,
  fetchSignInMethodsForEmail,
  GoogleAuthProvider,
  initializeAuth,
  inMemoryPersistence,
  linkWithCredential,
  sendEmailVerification,
  sendPasswordResetEmail,
  signInAnonymously,
  signInWithCredential,
  signInWithEmailAndPassword,
  signOut,
  type User,
  unlink,
  updatePassword,
  updateProfile,
  validatePassword,
  verifyBeforeUpdateEmail,
  verifyPasswordResetCode,
} from '@firebase/auth'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask } from './support/graphql-client.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud, tokenOf } from './support/local-cloud.ts'

const alice = ['alice@firebase.example', 'fieldnotes-alice'] as const
const password = 'correct horse'
const folder = createFolder()

let cloud: LocalCloud
let app: FirebaseApp
let auth: Auth
let people = 0

/** An address that no account has yet. */
function newAddress(): string {
  people += 1
  return `person${people}@example.com`
}

function google(claims: object) {
  return GoogleAuthProvider.credential(JSON.stringify({ email_verified: true, ...claims }))
}

/** `me` as the endpoint answers it for the person's token. */
async function me(user: User, refreshed = false) {
  const token = await user.getIdToken(refreshed)
  return ask(cloud.url, { token, query: '{ me { id name email } }' })
}

/** A request of the project's backend. */
async function administer(change: object): Promise<void> {
  const response = await fetch(
    `${cloud.url}/identitytoolkit.googleapis.com/v1/projects/demo-fieldnotes/accounts:update`,
    {
      method: 'POST',
      headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
      body: JSON.stringify(change),
    },
  )
  expect(response.status).toBe(200)
}

/** The code that was sent to `email`. */
async function codeFor(email: string): Promise<string> {
  const response = await fetch(`${cloud.url}/emulator/v1/projects/demo-fieldnotes/oobCodes`)
  const { oobCodes } = (await response.json()) as {
    oobCodes: { email: string; newEmail?: string; oobCode: string }[]
  }
  return oobCodes.find((code) => (code.newEmail ?? code.email) === email)?.oobCode ?? ''
}

beforeAll(async () => {
  cloud = await startLocalCloud(folder)
})

afterAll(async () => {
  await cloud?.end()
  deleteFolder(folder)
})

function connect(): void {
  app = initializeApp({ apiKey: 'any', projectId: 'demo-fieldnotes' }, `app${Math.random()}`)
  auth = initializeAuth(app, { persistence: inMemoryPersistence })
  connectAuthEmulator(auth, cloud.url, { disableWarnings: true })
}

beforeEach(connect)

afterEach(() => deleteApp(app))

describe('a person with a password', () => {
  it('signs up, and the endpoint knows the person with the name, after a refresh', async () => {
    const { user } = await createUserWithEmailAndPassword(auth, newAddress(), password)
    await updateProfile(user, { displayName: 'Dora' })
    expect(decodeProtectedHeader(await user.getIdToken())).toMatchObject({ alg: 'RS256', typ: 'JWT' })
    const { status, data, codes } = await me(user, true)
    expect([status, data.me.name, data.me.email, codes]).toEqual([200, 'Dora', null, {}])
  })

  it('is the person of the token command: alice is one person by both ways', async () => {
    const { user } = await signInWithEmailAndPassword(auth, ...alice)
    const token = await tokenOf(cloud, '--issuer', 'firebase', '--as', 'alice')
    const byCommand = await ask(cloud.url, { token, query: '{ me { id name email } }' })
    expect((await me(user)).data.me).toEqual(byCommand.data.me)
    expect(byCommand.data.me.email).toBe(alice[0])
  })

  it('reads and writes notes with the default scopes', async () => {
    const { user } = await signInWithEmailAndPassword(auth, ...alice)
    const token = await user.getIdToken()
    const query = 'mutation { createNote(input: { title: "By Firebase" }) { note { title } } }'
    expect((await ask(cloud.url, { token, query })).data.createNote.note).toEqual({ title: 'By Firebase' })
  })

  it.each<[string, () => Promise<unknown>, string]>([
    ['a wrong password', () => signInWithEmailAndPassword(auth, alice[0], 'wrong'), 'auth/invalid-credential'],
    ['an unknown address', () => signInWithEmailAndPassword(auth, 'x@example.com', 'wrong'), 'auth/invalid-credential'],
    ['a taken address', () => createUserWithEmailAndPassword(auth, alice[0], password), 'auth/email-already-in-use'],
    ['a short password', () => createUserWithEmailAndPassword(auth, newAddress(), '123'), 'auth/weak-password'],
    ['no address', () => signInWithEmailAndPassword(auth, 'none', password), 'auth/invalid-email'],
    ['an anonymous account', () => signInAnonymously(auth), 'auth/admin-restricted-operation'],
    ['an unknown code', () => applyActionCode(auth, 'x'), 'auth/invalid-action-code'],
    ['Google without a subject', () => signInWithCredential(auth, google({})), 'auth/invalid-credential'],
  ])('gets the error that the SDK knows for %s', async (_name, act, code) => {
    await expect(act()).rejects.toMatchObject({ code })
  })

  it('gets auth/too-many-requests after five wrong passwords', async () => {
    const address = newAddress()
    await createUserWithEmailAndPassword(auth, address, password)
    for (let guess = 0; guess < 5; guess++)
      await expect(signInWithEmailAndPassword(auth, address, 'wrong')).rejects.toThrow('invalid-credential')
    const code = 'auth/too-many-requests'
    await expect(signInWithEmailAndPassword(auth, address, password)).rejects.toMatchObject({ code })
  })

  it('changes the password: other sessions end', async () => {
    const address = newAddress()
    const { user } = await createUserWithEmailAndPassword(auth, address, password)
    const first = auth
    connect()
    const other = await signInWithEmailAndPassword(auth, address, password)
    await updatePassword(user, 'another horse')
    expect((await me(user)).status).toBe(200)
    expect(await first.currentUser?.getIdToken(true)).toBeTypeOf('string')
    await expect(other.user.getIdToken(true)).rejects.toMatchObject({ code: 'auth/user-token-expired' })
    await signInWithEmailAndPassword(auth, address, 'another horse')
  })

  it('deletes the account', async () => {
    const address = newAddress()
    await deleteUser((await createUserWithEmailAndPassword(auth, address, password)).user)
    const code = 'auth/invalid-credential'
    await expect(signInWithEmailAndPassword(auth, address, password)).rejects.toMatchObject({ code })
  })

  it('learns nothing about addresses, and the rules of passwords', async () => {
    expect(await fetchSignInMethodsForEmail(auth, alice[0])).toEqual([])
    expect(await validatePassword(auth, '12345')).toMatchObject({ isValid: false, meetsMinPasswordLength: false })
  })
})

describe('a mail', () => {
  it('sets a forgotten password, once', async () => {
    const address = newAddress()
    await createUserWithEmailAndPassword(auth, address, password)
    await sendPasswordResetEmail(auth, address)
    await sendPasswordResetEmail(auth, 'unknown@example.com')
    const code = await codeFor(address)
    expect(cloud.printed()).toContain(code)
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
    expect((await ask(cloud.url, { token: await user.getIdToken(), ...create })).codes).toEqual({})
    await administer({ localId: user.uid, customAttributes: JSON.stringify({ scope: 'notes:read' }) })
    const refused = await ask(cloud.url, { token: await user.getIdToken(true), ...create })
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

it('keeps people over a restart', async () => {
  const address = newAddress()
  const { uid } = (await createUserWithEmailAndPassword(auth, address, password)).user
  await cloud.end()
  cloud = await startLocalCloud(folder)
  connect()
  const { user } = await signInWithEmailAndPassword(auth, address, password)
  expect([user.uid, (await me(user)).status]).toEqual([uid, 200])
})
