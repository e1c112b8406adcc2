/** Google credentials that no person has chosen on our page: JSON that a page or a program has written. */
import { describe, expect, it } from 'vitest'
import { firebaseSubject } from '../../src/issuers/token-claims.ts'
import { alice, dora, type Firebase, selectGoogle, startFirebase } from './firebase-world.ts'

const page = { origin: 'http://localhost:3999', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }
const google = { sub: 'google-dora', email: dora.email, email_verified: true, name: 'Dora' }

/** Pages of other origins, by what a browser sends; each has a part that is enough. */
const foreign: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['another port', page],
  ['another port, in a browser without Fetch Metadata', { origin: 'http://127.0.0.1:3999' }],
  ['another site, that hides its origin', { 'sec-fetch-site': 'cross-site' }],
]

function signIn({ call }: Firebase, claims: object, headers = {}, more = {}) {
  const postBody = String(new URLSearchParams({ id_token: JSON.stringify(claims), providerId: 'google.com' }))
  return call('signInWithIdp', { requestUri: 'http://localhost', postBody, ...more }, headers)
}

async function isUntouched(firebase: Firebase): Promise<void> {
  expect((await firebase.call('signInWithPassword', alice)).status).toBe(200)
  const { body } = await firebase.administer(':lookup', { localId: [firebaseSubject('alice')] })
  expect(body.users[0].providerUserInfo).toHaveLength(1)
}

describe.each(foreign)('a page of %s', (_name, headers) => {
  it('signs up a new person, and gets no token of one who exists', async () => {
    const firebase = await startFirebase()
    const first = await signIn(firebase, google, headers)
    expect([first.status, first.body.isNewUser]).toEqual([200, true])
    const again = await signIn(firebase, google, headers)
    expect([again.message?.split(' : ')[0], again.body.idToken]).toEqual(['INVALID_IDP_RESPONSE', undefined])
    const { body } = await signIn(firebase, { ...google, sub: 'other', email: alice.email }, headers)
    expect([body.needConfirmation, body.idToken, body.localId]).toEqual([true, undefined, undefined])
    await isUntouched(firebase)
  })

  it('signs in a person who has chosen the account on our page, once', async () => {
    const firebase = await startFirebase()
    const requestUri = await selectGoogle(firebase, alice.email, 'Alice')
    const first = await firebase.call('signInWithIdp', { requestUri }, headers)
    expect(first.body.localId).toBe(firebaseSubject('alice'))
    expect((await firebase.call('signInWithIdp', { requestUri }, headers)).body.idToken).toBeUndefined()
    const next = await selectGoogle(firebase, alice.email, 'Alice')
    expect((await firebase.call('signInWithIdp', { requestUri: next }, headers)).body.localId).toBe(first.body.localId)
  })
})

describe('a program', () => {
  it('signs in a linked person, and takes over no account that has a password', async () => {
    const firebase = await startFirebase()
    const { localId } = (await signIn(firebase, google)).body
    expect((await signIn(firebase, google)).body.localId).toBe(localId)
    expect((await signIn(firebase, { ...google, sub: 'g-2' })).body.localId).toBe(localId)
    expect((await signIn(firebase, { ...google, sub: 'g-3', email: alice.email })).body.needConfirmation).toBe(true)
    await isUntouched(firebase)
  })
})

describe('the mark of a choice', () => {
  it.each([
    ['made up', async () => 'x'.repeat(24)],
    ['that is a number', async () => 1],
    ["of another person's choice", async (firebase: Firebase) => markOf(await selectGoogle(firebase, dora.email, 'D'))],
  ])('%s signs no person in', async (_name, markBy) => {
    const firebase = await startFirebase()
    const choice = await markBy(firebase)
    const { body } = await signIn(firebase, { ...google, email: alice.email, choice }, page)
    expect(body.idToken).toBeUndefined()
    await isUntouched(firebase)
  })
})

function markOf(requestUri: string): string {
  return JSON.parse(new URL(requestUri).searchParams.get('id_token') ?? '{}').choice
}

describe('a sign-in of ten minutes ago', () => {
  const changes: readonly (readonly [string, object])[] = [
    ['address', { deleteAttribute: ['EMAIL'] }],
    ['password', { deleteAttribute: ['PASSWORD'] }],
    ['password as a provider', { deleteProvider: ['password'] }],
    ['address and password', { deleteAttribute: ['EMAIL', 'PASSWORD'] }],
    ['Google', { deleteProvider: ['google.com'] }],
  ]

  /** alice with a link to Google, and her tokens. */
  async function linked(firebase: Firebase) {
    const { idToken } = (await firebase.call('signInWithPassword', alice)).body
    return (await signIn(firebase, { ...google, email: alice.email }, {}, { idToken })).body
  }

  it.each(changes)('removes no %s, and a recent one does', async (_name, change) => {
    const firebase = await startFirebase()
    const { idToken } = await linked(firebase)
    firebase.setClock(10)
    const { message = '' } = await firebase.call('update', { ...change, idToken })
    expect(message.split(' : ')[0]).toBe('CREDENTIAL_TOO_OLD_LOGIN_AGAIN')
    expect((await firebase.call('update', { idToken, deleteAttribute: ['DISPLAY_NAME'] })).status).toBe(200)
    firebase.setClock(5)
    expect((await firebase.call('update', { ...change, idToken })).status).toBe(200)
  })

  it.each(changes.slice(0, 4))('is ended by the removal of the %s', async (_name, change) => {
    const firebase = await startFirebase()
    const { idToken, refreshToken } = await linked(firebase)
    const { body } = await firebase.call('update', { ...change, idToken })
    expect((await firebase.refresh(refreshToken)).message).toBe('TOKEN_EXPIRED')
    expect((await firebase.refresh(body.refreshToken)).status).toBe(200)
  })

  it('links no Google account, which could sign in from then on', async () => {
    const firebase = await startFirebase()
    const { idToken } = (await firebase.call('signInWithPassword', alice)).body
    firebase.setClock(10)
    const { message = '' } = await signIn(firebase, google, {}, { idToken })
    expect(message.split(' : ')[0]).toBe('CREDENTIAL_TOO_OLD_LOGIN_AGAIN')
    await isUntouched(firebase)
  })
})
