/** Sign-in with Google: whom a credential signs in, and what it can't do. */
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { firebaseSubject } from '../../src/issuers/token-claims.ts'
import { alice, dora, type Firebase, selectGoogle, startFirebase } from './firebase-world.ts'

const google = { sub: 'google-dora', email: dora.email, email_verified: true, name: 'Dora' }

function requestOf(claims: object | string, provider = 'google.com') {
  const credential = typeof claims === 'string' ? claims : JSON.stringify(claims)
  const postBody = String(new URLSearchParams({ id_token: credential, providerId: provider }))
  return { requestUri: 'http://localhost', postBody, returnSecureToken: true, returnIdpCredential: true }
}

function signIn({ call }: Firebase, claims: object = google, more = {}) {
  return call('signInWithIdp', { ...requestOf(claims), ...more })
}

/** Signs in with an account that a person has selected on the page of Google. */
async function selected(firebase: Firebase, email: string) {
  return firebase.call('signInWithIdp', { requestUri: await selectGoogle(firebase, email, 'Dora') })
}

describe('a Google credential', () => {
  it('signs up a new person once, and signs in the same person afterwards', async () => {
    const firebase = await startFirebase()
    const first = await signIn(firebase)
    const second = await signIn(firebase, { ...google, email: 'dora@gmail.example' })
    expect([first.body.isNewUser, second.body.isNewUser]).toEqual([true, undefined])
    expect(second.body.localId).toBe(first.body.localId)
    expect(decodeJwt(first.body.idToken)).toMatchObject({
      ...{ sub: first.body.localId, name: 'Dora', email: dora.email, email_verified: true },
      firebase: { identities: { email: [dora.email], 'google.com': ['google-dora'] }, sign_in_provider: 'google.com' },
    })
  })

  it('as a JWT or as JSON is the same person', async () => {
    const firebase = await startFirebase()
    const jwt = `e30.${Buffer.from(JSON.stringify(google)).toString('base64url')}.e30`
    const [one, other] = [await signIn(firebase), await firebase.call('signInWithIdp', requestOf(jwt))]
    expect(other.body.localId).toBe(one.body.localId)
  })

  it('signs in the account with its verified address, which keeps its password', async () => {
    const firebase = await startFirebase()
    const { body } = await selected(firebase, alice.email)
    expect(body.localId).toBe(firebaseSubject('alice'))
    expect((await firebase.call('signInWithPassword', alice)).status).toBe(200)
  })

  it('takes the password from an account whose address was never verified, and ends its tokens', async () => {
    const firebase = await startFirebase()
    const squatter = (await firebase.call('signUp', dora)).body
    const { body } = await selected(firebase, dora.email)
    expect([body.localId, decodeJwt(body.idToken).email_verified]).toEqual([squatter.localId, true])
    expect((await firebase.call('signInWithPassword', dora)).message).toBe('INVALID_LOGIN_CREDENTIALS')
    expect((await firebase.refresh(squatter.refreshToken)).message).toBe('TOKEN_EXPIRED')
  })

  it('with an unverified address does not sign in the account that has it', async () => {
    const firebase = await startFirebase()
    const { status, body } = await signIn(firebase, { ...google, email: alice.email, email_verified: 'true' })
    expect([status, body.needConfirmation]).toEqual([200, true])
    expect([body.idToken, body.refreshToken, body.localId]).toEqual([undefined, undefined, undefined])
  })

  it('contains no scopes, groups or claims that reach a token', async () => {
    const firebase = await startFirebase()
    const claims = { scope: 'notes:audit', groups: ['staff'], 'cognito:groups': ['staff'], firebase: { tenant: 'x' } }
    const { body } = await signIn(firebase, { ...google, ...claims })
    expect(Object.keys(decodeJwt(body.idToken)).sort()).toEqual(
      'aud auth_time email email_verified exp firebase iat iss name sub user_id'.split(' '),
    )
  })

  it('does not sign in a disabled account', async () => {
    const firebase = await startFirebase()
    const { localId } = (await signIn(firebase)).body
    await firebase.administer(':update', { localId, disableUser: true })
    expect((await signIn(firebase)).message).toBe('USER_DISABLED')
  })

  it.each<[string, object, string]>([
    ['no URL', { requestUri: undefined }, 'MISSING_REQUEST_URI'],
    ['a relative URL', { requestUri: '/x' }, 'INVALID_REQUEST_URI'],
    ['a script as URL', { requestUri: 'javascript:alert(1)' }, 'INVALID_REQUEST_URI'],
    ['no provider', { postBody: 'id_token={}' }, 'OPERATION_NOT_ALLOWED'],
    ['another provider', requestOf(google, 'facebook.com'), 'OPERATION_NOT_ALLOWED'],
    ['no credential', { postBody: 'providerId=google.com' }, 'INVALID_IDP_RESPONSE'],
    ['an access token alone', { postBody: 'providerId=google.com&access_token=x' }, 'INVALID_IDP_RESPONSE'],
    ['broken JSON', requestOf('{"sub"'), 'INVALID_IDP_RESPONSE'],
    ['a text', requestOf('abc'), 'INVALID_IDP_RESPONSE'],
    ['a JWT of a list', requestOf('e30.W10.e30'), 'INVALID_IDP_RESPONSE'],
    ['no subject', requestOf({ email: dora.email }), 'INVALID_IDP_RESPONSE'],
    ['a number as subject', requestOf({ ...google, sub: 1 }), 'INVALID_IDP_RESPONSE'],
    ['an object as name', requestOf({ ...google, name: {} }), 'INVALID_IDP_RESPONSE'],
    ['an address that is none', requestOf({ ...google, email: 'x' }), 'INVALID_EMAIL'],
    ['a long name', requestOf({ ...google, name: 'x'.repeat(257) }), 'INVALID_IDP_RESPONSE'],
  ])('is refused: %s', async (_name, changes, code) => {
    const firebase = await startFirebase()
    const { status, message } = await firebase.call('signInWithIdp', { ...requestOf(google), ...changes })
    expect([status, message?.split(' : ')[0]]).toEqual([400, code])
  })
})

describe('linking', () => {
  it('adds Google to an account, and removes it again', async () => {
    const firebase = await startFirebase()
    const { idToken, localId } = (await firebase.call('signInWithPassword', alice)).body
    const linked = await signIn(firebase, google, { idToken })
    expect([linked.body.localId, linked.body.isNewUser]).toEqual([localId, undefined])
    expect((await signIn(firebase)).body.localId).toBe(localId)
    expect((await firebase.call('update', { idToken, deleteProvider: ['google.com'] })).status).toBe(200)
    expect((await signIn(firebase)).body.localId).not.toBe(localId)
  })

  it.each([
    ['Google of another account', google, 'FEDERATED_USER_ID_ALREADY_LINKED'],
    ['the address of another account', { ...google, sub: 'new', email: 'bob@firebase.example' }, 'EMAIL_EXISTS'],
  ])('refuses %s', async (_name, claims, code) => {
    const firebase = await startFirebase()
    await signIn(firebase)
    const { idToken } = (await firebase.call('signInWithPassword', alice)).body
    expect((await signIn(firebase, claims, { idToken })).message).toBe(code)
  })

  it('adds a password to an account of Google', async () => {
    const firebase = await startFirebase()
    const { idToken, localId } = (await signIn(firebase)).body
    const { body } = await firebase.call('signUp', { ...dora, idToken })
    expect([body.localId, decodeJwt(body.idToken).email_verified]).toEqual([localId, true])
    expect((await firebase.call('signInWithPassword', dora)).body.localId).toBe(localId)
  })

  it.each([
    ['the address of another account', { email: alice.email }, 0, 'EMAIL_EXISTS'],
    ['a sign-in of ten minutes ago', {}, 10, 'CREDENTIAL_TOO_OLD_LOGIN_AGAIN'],
  ])('adds no password with %s', async (_name, changes, minutes, code) => {
    const firebase = await startFirebase()
    const { idToken } = (await signIn(firebase)).body
    firebase.setClock(minutes)
    const { message = '' } = await firebase.call('signUp', { ...dora, ...changes, idToken })
    expect(message.split(' : ')[0]).toBe(code)
  })

  it('never removes the last way to sign in', async () => {
    const firebase = await startFirebase()
    const { idToken } = (await firebase.call('signInWithPassword', alice)).body
    for (const change of [{ deleteProvider: ['password'] }, { deleteAttribute: ['EMAIL'] }])
      expect((await firebase.call('update', { ...change, idToken })).message).toContain('OPERATION_NOT_ALLOWED')
    expect((await firebase.call('signInWithPassword', alice)).status).toBe(200)
  })
})
