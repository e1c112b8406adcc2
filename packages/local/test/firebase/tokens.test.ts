/** ID tokens and refresh tokens that come back: which are accepted, and for how long. */
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { firebaseSubject } from '../../src/issuers/token-claims.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { alice, dora, type Firebase, startFirebase } from './firebase-world.ts'

async function signIn({ call }: Firebase, credential: object = alice) {
  return (await call('signInWithPassword', credential)).body
}

function unsigned(token: string, changes: object = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ ...decodeJwt(token), ...changes })}.`
}

async function foreign(token: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256')
  const { kid } = decodeProtectedHeader(token)
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'RS256', kid: kid ?? '' }).sign(privateKey)
}

const forgeries: readonly [string, (token: string, firebase: Firebase) => string | Promise<string>][] = [
  ['no token', () => ''],
  ['a text', () => 'not.a.token'],
  ['the claims without a signature', (token) => unsigned(token)],
  ['the claims of another person', (token) => unsigned(token, { sub: firebaseSubject('bob') })],
  ['a signature of another key', foreign],
  ['a changed signature', (token) => `${token.slice(0, -4)}AAAA`],
  ['another audience', (_token, { mintFor }) => mintFor('alice', { aud: 'another-project' })],
  [
    'another issuer',
    (_token, { mintFor }) => mintFor('alice', { iss: 'https://securetoken.google.com/demo-fieldnotes' }),
  ],
  ['a token without expiry', (_token, { mintFor }) => mintFor('alice', { exp: undefined })],
]

describe('an ID token', () => {
  it.each(['alice', 'bob'])('of the token command is accepted: %s is one person', async (person) => {
    const { call, mintFor } = await startFirebase()
    const { body } = await call('lookup', { idToken: await mintFor(person) })
    expect(body.users[0]).toMatchObject({ localId: firebaseSubject(person), email: `${person}@firebase.example` })
  })

  it.each(forgeries)('is refused: %s', async (_name, forge) => {
    const firebase = await startFirebase()
    const { idToken } = await signIn(firebase)
    const forged = await forge(idToken, firebase)
    for (const [name, body] of [
      ['lookup', {}],
      ['update', { displayName: 'Mallory' }],
      ['delete', {}],
      ['sendOobCode', { requestType: 'VERIFY_EMAIL' }],
    ] as const) {
      const { status, message = '' } = await firebase.call(name, { ...body, idToken: forged })
      expect([status, message]).toEqual([400, expect.stringMatching(/^(INVALID|MISSING)_ID_TOKEN$/)])
    }
    expect((await firebase.call('lookup', { idToken })).body.users[0].displayName).toBe('Alice')
  })

  it('is expired after an hour', async () => {
    const firebase = await startFirebase()
    const { idToken } = await signIn(firebase)
    firebase.setClock(59)
    expect((await firebase.call('lookup', { idToken })).status).toBe(200)
    firebase.setClock(61)
    expect((await firebase.call('lookup', { idToken })).message).toBe('TOKEN_EXPIRED')
  })

  it.each([
    ['a disabled account', { disableUser: true }, 'USER_DISABLED'],
    ['an account whose tokens ended', { validSince: '4000000000' }, 'TOKEN_EXPIRED'],
  ])('of %s is refused, as is its refresh token', async (_name, change, code) => {
    const firebase = await startFirebase()
    const { idToken, refreshToken } = await signIn(firebase)
    expect((await firebase.administer(':update', { localId: firebaseSubject('alice'), ...change })).status).toBe(200)
    expect((await firebase.call('lookup', { idToken })).message).toBe(code)
    expect((await firebase.refresh(refreshToken)).message).toBe(code)
  })

  it('of a deleted account is refused, and of the next account with the same id', async () => {
    const firebase = await startFirebase()
    const { idToken, refreshToken } = await signIn(firebase)
    const localId = firebaseSubject('alice')
    await firebase.administer(':delete', { localId })
    expect((await firebase.call('lookup', { idToken })).message).toBe('USER_NOT_FOUND')
    expect((await firebase.refresh(refreshToken)).message).toBe('USER_NOT_FOUND')
    firebase.setClock(1)
    await firebase.administer('', { localId, ...dora })
    expect((await firebase.call('lookup', { idToken })).message).toBe('TOKEN_EXPIRED')
    expect((await firebase.refresh(refreshToken)).message).toBe('TOKEN_EXPIRED')
  })
})

describe('a refresh token', () => {
  it('continues its sign-in: a new ID token with the time of the sign-in', async () => {
    const firebase = await startFirebase()
    const { idToken, refreshToken, localId } = await signIn(firebase)
    firebase.setClock(600)
    const { status, body } = await firebase.refresh(refreshToken)
    expect(body).toMatchObject({
      token_type: 'Bearer',
      user_id: localId,
      expires_in: '3600',
      refresh_token: refreshToken,
    })
    const [before, after] = [decodeJwt(idToken), decodeJwt(body.id_token)]
    expect([status, after.auth_time, after.iat]).toEqual([200, before.auth_time, (before.iat ?? 0) + 36_000])
    expect((await firebase.call('lookup', { idToken: body.id_token })).status).toBe(200)
  })

  const record = (changes: object) =>
    Buffer.from(JSON.stringify({ localId: firebaseSubject('alice'), provider: 'password', ...changes }))

  it.each<[string, (token: string) => string]>([
    ['a text', () => 'abc'],
    ['an empty signature', (token) => `${token.split('.')[0]}.`],
    ['another signature', (token) => `${token.slice(0, -2)}AA`],
    ['a third part', (token) => `${token}.x`],
    ['a changed person', (token) => `${record({}).toString('base64url')}.${token.split('.')[1]}`],
    ['another spelling of the same bytes', (token) => token.replace('.', '=.')],
    [
      "the record of Google's emulator",
      () => record({ _AuthEmulatorRefreshToken: 'DO NOT MODIFY' }).toString('base64'),
    ],
  ])('is refused: %s', async (_name, forge) => {
    const firebase = await startFirebase()
    const { refreshToken } = await signIn(firebase)
    expect((await firebase.refresh(forge(refreshToken))).message).toBe('INVALID_REFRESH_TOKEN')
    expect((await firebase.refresh(refreshToken)).status).toBe(200)
  })

  it.each([
    ['grant_type=password&refresh_token=x', 'INVALID_GRANT_TYPE'],
    ['refresh_token=x', 'MISSING_GRANT_TYPE'],
    ['grant_type=refresh_token', 'MISSING_REFRESH_TOKEN'],
  ])('is refused: %s', async (body, message) => {
    const { request } = await startFirebase()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await request('/securetoken.googleapis.com/v1/token?key=any', { method: 'POST', headers, body })
    expect(answer.message).toBe(message)
  })

  it('ends with each of several new passwords within one second', async () => {
    const { call } = await startFirebase()
    let { idToken } = (await call('signInWithPassword', alice)).body
    for (const password of ['second horse', 'third horse', 'fourth horse']) {
      const next = (await call('update', { idToken, password, returnSecureToken: true })).body.idToken
      expect((await call('lookup', { idToken })).message).toBe('TOKEN_EXPIRED')
      expect((await call('lookup', { idToken: next })).status).toBe(200)
      idToken = next
    }
  })

  it('ends with a new password, within the same second', async () => {
    const firebase = await startFirebase()
    const first = await signIn(firebase)
    const second = await signIn(firebase)
    const changed = await firebase.call('update', { idToken: second.idToken, password: 'another horse' })
    expect(changed.status).toBe(200)
    for (const { refreshToken } of [first, second])
      expect((await firebase.refresh(refreshToken)).message).toBe('TOKEN_EXPIRED')
    expect((await firebase.refresh(changed.body.refreshToken)).status).toBe(200)
  })

  it('is replaced with a new ID token: the SDK keeps the old one beside an equal ID token', async () => {
    const firebase = await startFirebase()
    const { idToken } = await signIn(firebase)
    const { body } = await firebase.call('update', { idToken, password: 'another horse' })
    expect(body.idToken).not.toBe(idToken)
    expect((await firebase.call('lookup', { idToken })).message).toBe('TOKEN_EXPIRED')
    expect((await firebase.call('lookup', { idToken: body.idToken })).status).toBe(200)
  })

  it('of another data folder is refused', async () => {
    const [one, other] = [await startFirebase(), await startFirebase(temporaryFolder())]
    expect((await other.refresh((await signIn(one)).refreshToken)).message).toBe('INVALID_REFRESH_TOKEN')
  })
})
