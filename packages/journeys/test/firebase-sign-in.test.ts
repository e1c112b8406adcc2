/**
 * The real Firebase SDK signs people in at the local cloud, and the endpoint judges each token as it judges Firebase's
 * own.
 */
import {
  type Auth,
  applyActionCode,
  createUserWithEmailAndPassword,
  deleteUser,
  fetchSignInMethodsForEmail,
  signInAnonymously,
  signInWithCredential,
  signInWithEmailAndPassword,
  updatePassword,
  updateProfile,
  validatePassword,
} from '@firebase/auth'
import { decodeProtectedHeader } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { google, newAddress, password, useFirebase } from './support/firebase-sdk.ts'
import { ask } from './support/graphql-client.ts'
import { tokenOf } from './support/local-cloud.ts'

const alice = ['alice@firebase.example', 'fieldnotes-alice'] as const
const { cloud, connect, me, restart } = useFirebase()

let auth: Auth

beforeEach(() => {
  auth = connect()
})

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
    const token = await tokenOf(cloud(), '--issuer', 'firebase', '--as', 'alice')
    const byCommand = await ask(cloud().url, { token, query: '{ me { id name email } }' })
    expect((await me(user)).data.me).toEqual(byCommand.data.me)
    expect(byCommand.data.me.email).toBe(alice[0])
  })

  it('reads and writes notes with the default scopes', async () => {
    const { user } = await signInWithEmailAndPassword(auth, ...alice)
    const token = await user.getIdToken()
    const query = 'mutation { createNote(input: { title: "By Firebase" }) { note { title } } }'
    expect((await ask(cloud().url, { token, query })).data.createNote.note).toEqual({ title: 'By Firebase' })
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
    auth = connect()
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

it('keeps people over a restart', async () => {
  const address = newAddress()
  const { uid } = (await createUserWithEmailAndPassword(auth, address, password)).user
  await restart()
  auth = connect()
  const { user } = await signInWithEmailAndPassword(auth, address, password)
  expect([user.uid, (await me(user)).status]).toEqual([uid, 200])
})
