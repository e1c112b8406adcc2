/** Changes of accounts: by the person, and by the project's backend. */
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { firebaseSubject } from '../../src/issuers/token-claims.ts'
import { alice, dora, type Firebase, startFirebase } from './firebase-world.ts'

const localId = firebaseSubject('alice')

async function tokenOf({ call }: Firebase): Promise<string> {
  return (await call('signInWithPassword', alice)).body.idToken
}

describe('update by the person', () => {
  it('changes the profile, which the next token has', async () => {
    const firebase = await startFirebase()
    const idToken = await tokenOf(firebase)
    const photoUrl = 'https://example.com/alice.png'
    await firebase.call('update', { idToken, displayName: 'Alice A.', photoUrl })
    expect(decodeJwt(await tokenOf(firebase))).toMatchObject({ name: 'Alice A.', picture: photoUrl })
    await firebase.call('update', { idToken, deleteAttribute: ['DISPLAY_NAME', 'PHOTO_URL'] })
    const claims = decodeJwt(await tokenOf(firebase))
    expect([claims.name, claims.picture]).toEqual([undefined, undefined])
  })

  it('changes address and password with new tokens; the address is not verified', async () => {
    const firebase = await startFirebase()
    const { body } = await firebase.call('update', { idToken: await tokenOf(firebase), ...dora })
    expect(body).toMatchObject({ localId, email: dora.email, emailVerified: false })
    expect(decodeJwt(body.idToken)).toMatchObject({ sub: localId, email: dora.email, email_verified: false })
    expect((await firebase.call('signInWithPassword', dora)).body.localId).toBe(localId)
    expect((await firebase.call('signInWithPassword', alice)).message).toBe('INVALID_LOGIN_CREDENTIALS')
  })

  it.each<[string, object, string]>([
    ['custom claims', { customAttributes: '{"groups":["staff"]}' }, 'INSUFFICIENT_PERMISSION'],
    ['a verified address', { emailVerified: true }, 'INSUFFICIENT_PERMISSION'],
    ['a disabled account', { disableUser: false }, 'INSUFFICIENT_PERMISSION'],
    ['the time from which tokens are valid', { validSince: '0' }, 'INSUFFICIENT_PERMISSION'],
    ['the id of another person', { localId: firebaseSubject('bob') }, 'INSUFFICIENT_PERMISSION'],
    ['a telephone number', { phoneNumber: '+1' }, 'OPERATION_NOT_ALLOWED'],
    ['a second factor', { mfa: {} }, 'OPERATION_NOT_ALLOWED'],
    ['a link without a credential', { linkProviderUserInfo: { rawId: 'x' } }, 'OPERATION_NOT_ALLOWED'],
    ['an unknown attribute to delete', { deleteAttribute: ['constructor'] }, 'OPERATION_NOT_ALLOWED'],
    ['the address of another person', { email: 'bob@firebase.example' }, 'EMAIL_EXISTS'],
    ['a short password', { password: '12345' }, 'WEAK_PASSWORD'],
  ])('refuses %s', async (_name, change, code) => {
    const firebase = await startFirebase()
    const idToken = await tokenOf(firebase)
    const before = (await firebase.call('lookup', { idToken })).body.users
    const { status, message = '' } = await firebase.call('update', { idToken, displayName: 'Mallory', ...change })
    expect([status, message.split(' : ')[0]]).toEqual([400, code])
    expect((await firebase.call('lookup', { idToken })).body.users).toEqual(before)
  })

  it.each<[string, string, object]>([
    ['the address', 'update', { email: dora.email }],
    ['the password', 'update', { password: dora.password }],
    ['the address, by mail', 'sendOobCode', { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail: dora.email }],
    ['the account', 'delete', {}],
  ])('needs a sign-in of the last five minutes for %s; the name does not', async (_name, call, body) => {
    const firebase = await startFirebase()
    const idToken = await tokenOf(firebase)
    firebase.setClock(6)
    const { message = '' } = await firebase.call(call, { ...body, idToken })
    expect(message.split(' : ')[0]).toBe('CREDENTIAL_TOO_OLD_LOGIN_AGAIN')
    expect((await firebase.call('update', { idToken, displayName: 'A' })).status).toBe(200)
    firebase.setClock(5)
    expect((await firebase.call(call, { ...body, idToken })).status).toBe(200)
  })

  it('deletes the account of the token alone', async () => {
    const firebase = await startFirebase()
    await firebase.call('delete', { idToken: await tokenOf(firebase), localId: firebaseSubject('bob') })
    expect((await firebase.call('signInWithPassword', alice)).message).toBe('INVALID_LOGIN_CREDENTIALS')
    const { body } = await firebase.administer(':lookup', { localId: [localId, firebaseSubject('bob')] })
    expect(body.users.map((user: { email: string }) => user.email)).toEqual(['bob@firebase.example'])
  })
})

describe("the project's backend", () => {
  it('sets custom claims, which the next token has', async () => {
    const firebase = await startFirebase()
    const customAttributes = JSON.stringify({ scope: 'notes:read', groups: ['staff'] })
    expect((await firebase.administer(':update', { localId, customAttributes })).status).toBe(200)
    expect(decodeJwt(await tokenOf(firebase))).toMatchObject({ scope: 'notes:read', groups: ['staff'] })
    await firebase.administer(':update', { localId, customAttributes: '{}' })
    expect(decodeJwt(await tokenOf(firebase)).groups).toBeUndefined()
  })

  it.each<readonly [string, string, string]>([
    ['a list', '[]', 'INVALID_CLAIMS'],
    ['broken JSON', '{', 'INVALID_CLAIMS'],
    ['null', 'null', 'INVALID_CLAIMS'],
    ['a prototype', '{"__proto__":{"x":1}}', 'INVALID_CLAIMS'],
    ['a prototype further down', '{"a":{"__proto__":1}}', 'INVALID_CLAIMS'],
    ['a prototype that is written with an escape', '{"__pr\\u006fto__":{"x":1}}', 'INVALID_CLAIMS'],
    ['a constructor that is written with an escape', '{"a":[{"constr\\u0075ctor":1}]}', 'INVALID_CLAIMS'],
    ['more than 1,000 characters', JSON.stringify({ a: 'x'.repeat(1000) }), 'CLAIMS_TOO_LARGE'],
    ...['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'firebase', 'user_id', 'email', 'email_verified'].map(
      (name) => [`a claim ${name}`, JSON.stringify({ [name]: 'x' }), 'FORBIDDEN_CLAIM'] as const,
    ),
  ])('can not set %s as custom claims', async (_name, customAttributes, code) => {
    const firebase = await startFirebase()
    expect((await firebase.administer(':update', { localId, customAttributes })).message).toBe(code)
    expect(decodeJwt(await tokenOf(firebase)).sub).toBe(localId)
  })

  it.each(['{"role":"constructor"}', '{"roles":["__proto__"]}', '{"a":{"proto":{"b":[null,1,true]}}}'])(
    'sets %s, whose names are harmless',
    async (customAttributes) => {
      const firebase = await startFirebase()
      expect((await firebase.administer(':update', { localId, customAttributes })).status).toBe(200)
      expect(decodeJwt(await tokenOf(firebase))).toMatchObject(JSON.parse(customAttributes))
    },
  )

  it('creates accounts with an id of its own, once', async () => {
    const { administer, call } = await startFirebase()
    const created = await administer('', { localId: 'dora-1', ...dora, emailVerified: true })
    expect([created.body.localId, created.body.idToken]).toEqual(['dora-1', undefined])
    expect((await administer('', { localId: 'dora-1' })).message).toBe('DUPLICATE_LOCAL_ID')
    expect((await call('signInWithPassword', dora)).body.localId).toBe('dora-1')
  })

  it('finds accounts by id and by address, each once', async () => {
    const { administer } = await startFirebase()
    const { body } = await administer(':lookup', { localId: [localId, 'x'], email: [alice.email.toUpperCase()] })
    expect(body.users).toHaveLength(1)
    expect(body.users[0]).toMatchObject({ localId, email: alice.email, emailVerified: true, disabled: false })
    expect((await administer(':lookup', { localId: ['x'] })).body.users).toBeUndefined()
  })

  it.each([
    [':update', {}, 'MISSING_LOCAL_ID'],
    [':update', { localId: 'x' }, 'USER_NOT_FOUND'],
    [':update', { localId, email: 'bob@firebase.example' }, 'EMAIL_EXISTS'],
    [':delete', {}, 'MISSING_LOCAL_ID'],
    [':delete', { localId: 'x' }, 'USER_NOT_FOUND'],
    [':sendOobCode', { requestType: 'VERIFY_EMAIL', email: dora.email }, 'USER_NOT_FOUND'],
  ])('gets a clear error from %s %j', async (name, body, code) => {
    expect((await (await startFirebase()).administer(name, body)).message).toBe(code)
  })

  it('never sees a password', async () => {
    const { request } = await startFirebase()
    const path = '/identitytoolkit.googleapis.com/v1/projects/demo-fieldnotes/accounts:batchGet'
    const { body } = await request(path, { headers: { authorization: 'Bearer owner' } })
    expect(body.users).toHaveLength(3)
    expect(JSON.stringify(body)).not.toMatch(/scrypt|epoch/)
  })
})
