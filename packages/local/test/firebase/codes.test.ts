/** Codes by e-mail: a new password, a verified address, a changed address. */
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { firebaseSubject } from '../../src/issuers/token-claims.ts'
import { alice, dora, type Firebase, lastCode, startFirebase } from './firebase-world.ts'

const reset = { requestType: 'PASSWORD_RESET', email: alice.email }
const newPassword = 'another horse'

async function sendReset(firebase: Firebase): Promise<string> {
  expect((await firebase.call('sendOobCode', reset)).status).toBe(200)
  return lastCode(firebase)
}

async function signedIn({ call }: Firebase) {
  return (await call('signInWithPassword', alice)).body
}

describe('a password reset', () => {
  it('sets the password once, ends all tokens, and opens a locked account', async () => {
    const firebase = await startFirebase()
    const { refreshToken } = await signedIn(firebase)
    const guess = { ...alice, password: 'guess' }
    for (let guesses = 0; guesses < 6; guesses++) await firebase.call('signInWithPassword', guess)
    const oobCode = await sendReset(firebase)
    expect((await firebase.call('resetPassword', { oobCode })).body).toMatchObject(reset)
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).body.email).toBe(alice.email)
    expect((await firebase.call('signInWithPassword', { ...alice, password: newPassword })).status).toBe(200)
    expect((await firebase.call('signInWithPassword', alice)).message).toBe('INVALID_LOGIN_CREDENTIALS')
    expect((await firebase.refresh(refreshToken)).message).toBe('TOKEN_EXPIRED')
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).message).toBe('INVALID_OOB_CODE')
  })

  it('has one answer for known and unknown addresses; only the known one gets a mail', async () => {
    const { call, mails } = await startFirebase()
    const known = await call('sendOobCode', reset)
    const unknown = await call('sendOobCode', { ...reset, email: dora.email })
    expect(unknown.body).toEqual({ ...known.body, email: dora.email })
    expect([unknown.status, mails.map(({ to }) => to)]).toEqual([known.status, [alice.email]])
  })

  it('of two uses at once lets one win', async () => {
    const firebase = await startFirebase()
    const oobCode = await sendReset(firebase)
    const passwords = ['first horse', 'second horse']
    const answers = await Promise.all(
      passwords.map((password) => firebase.call('resetPassword', { oobCode, newPassword: password })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    const winner = passwords[answers.findIndex(({ status }) => status === 200)]
    expect((await firebase.call('signInWithPassword', { ...alice, password: winner })).status).toBe(200)
  })

  it('expires after an hour', async () => {
    const firebase = await startFirebase()
    const oobCode = await sendReset(firebase)
    firebase.setClock(59)
    expect((await firebase.call('resetPassword', { oobCode })).status).toBe(200)
    firebase.setClock(60)
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).message).toBe('EXPIRED_OOB_CODE')
    expect((await firebase.call('signInWithPassword', alice)).status).toBe(200)
  })

  it('by an earlier mail is refused', async () => {
    const firebase = await startFirebase()
    const earlier = await sendReset(firebase)
    firebase.setClock(1)
    const later = await sendReset(firebase)
    expect((await firebase.call('resetPassword', { oobCode: earlier, newPassword })).message).toBe('INVALID_OOB_CODE')
    expect((await firebase.call('resetPassword', { oobCode: later, newPassword })).status).toBe(200)
  })

  it.each([
    ['no code', {}, 'MISSING_OOB_CODE'],
    ['another code', { oobCode: 'x' }, 'INVALID_OOB_CODE'],
    ['a short password', { newPassword: '12345' }, 'WEAK_PASSWORD'],
  ])('is refused with %s, and the code stays valid', async (_name, body, code) => {
    const firebase = await startFirebase()
    const oobCode = await sendReset(firebase)
    const given = 'newPassword' in body ? { oobCode, ...body } : { newPassword, ...body }
    const { message = '' } = await firebase.call('resetPassword', given)
    expect(message.split(' : ')[0]).toBe(code)
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).status).toBe(200)
  })

  it('is not for an address that the account had before', async () => {
    const firebase = await startFirebase()
    const oobCode = await sendReset(firebase)
    await firebase.administer(':update', { localId: firebaseSubject('alice'), email: 'alice@new.example' })
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).message).toBe('INVALID_OOB_CODE')
  })

  it('does not open a disabled account', async () => {
    const firebase = await startFirebase()
    const oobCode = await sendReset(firebase)
    await firebase.administer(':update', { localId: firebaseSubject('alice'), disableUser: true })
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).message).toBe('USER_DISABLED')
  })
})

describe('a verified address', () => {
  it('is in the next token', async () => {
    const firebase = await startFirebase()
    const { idToken, refreshToken } = (await firebase.call('signUp', dora)).body
    await firebase.call('sendOobCode', { requestType: 'VERIFY_EMAIL', idToken })
    const { body } = await firebase.call('update', { oobCode: lastCode(firebase) })
    expect(body).toMatchObject({ email: dora.email, emailVerified: true })
    expect(body.idToken).toBeUndefined()
    expect(decodeJwt((await firebase.refresh(refreshToken)).body.id_token).email_verified).toBe(true)
  })

  it('replaces the old one once the mail to it was opened, and ends all tokens', async () => {
    const firebase = await startFirebase()
    const { idToken, refreshToken } = await signedIn(firebase)
    const change = { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail: 'Alice@New.Example', idToken }
    await firebase.call('sendOobCode', change)
    expect(firebase.mails.at(-1)?.to).toBe('alice@new.example')
    expect((await firebase.call('lookup', { idToken })).body.users[0].email).toBe(alice.email)
    await firebase.call('update', { oobCode: lastCode(firebase) })
    expect((await firebase.call('signInWithPassword', { ...alice, email: 'alice@new.example' })).status).toBe(200)
    expect((await firebase.refresh(refreshToken)).message).toBe('TOKEN_EXPIRED')
  })

  it('is not taken from another person', async () => {
    const firebase = await startFirebase()
    const { idToken } = await signedIn(firebase)
    const change = { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail: dora.email, idToken }
    await firebase.call('sendOobCode', change)
    await firebase.call('signUp', dora)
    expect((await firebase.call('update', { oobCode: lastCode(firebase) })).message).toBe('EMAIL_EXISTS')
    expect((await firebase.call('sendOobCode', change)).message).toBe('EMAIL_EXISTS')
  })

  it('is not changed by a code that the holder of an old password requested', async () => {
    const firebase = await startFirebase()
    const { idToken } = await signedIn(firebase)
    await firebase.call('sendOobCode', { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail: dora.email, idToken })
    const thiefs = lastCode(firebase)
    const oobCode = await sendReset(firebase)
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).status).toBe(200)
    expect((await firebase.call('update', { oobCode: thiefs })).message).toBe('INVALID_OOB_CODE')
    expect((await firebase.call('signInWithPassword', { ...alice, password: newPassword })).status).toBe(200)
  })

  it('needs a code of its own type: a reset verifies nothing, and stays valid', async () => {
    const firebase = await startFirebase()
    const oobCode = await sendReset(firebase)
    expect((await firebase.call('update', { oobCode })).message).toBe('INVALID_OOB_CODE')
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).status).toBe(200)
  })

  it('does not let its code set a password', async () => {
    const firebase = await startFirebase()
    const { idToken } = (await firebase.call('signUp', dora)).body
    await firebase.call('sendOobCode', { requestType: 'VERIFY_EMAIL', idToken })
    const oobCode = lastCode(firebase)
    expect((await firebase.call('resetPassword', { oobCode, newPassword })).message).toBe('INVALID_OOB_CODE')
  })
})

describe('sendOobCode', () => {
  it.each<[string, object, string]>([
    ['no type', { email: alice.email }, 'MISSING_REQ_TYPE'],
    ['a sign-in link', { requestType: 'EMAIL_SIGNIN', email: alice.email }, 'OPERATION_NOT_ALLOWED'],
    ['a member of every object as type', { requestType: 'constructor' }, 'OPERATION_NOT_ALLOWED'],
    ['no address', { requestType: 'PASSWORD_RESET' }, 'MISSING_EMAIL'],
    ['an address that is none', { ...reset, email: 'x' }, 'INVALID_EMAIL'],
    ['no ID token', { requestType: 'VERIFY_EMAIL', email: alice.email }, 'MISSING_ID_TOKEN'],
    ['the link in the response', { ...reset, returnOobLink: true }, 'INSUFFICIENT_PERMISSION'],
    ['a way on to another machine', { ...reset, continueUrl: 'https://evil.example/' }, 'UNAUTHORIZED_DOMAIN'],
    [
      'a way on to a name like this machine',
      { ...reset, continueUrl: 'http://localhost.evil/' },
      'UNAUTHORIZED_DOMAIN',
    ],
    ['a way on to a script', { ...reset, continueUrl: 'javascript:alert(1)' }, 'UNAUTHORIZED_DOMAIN'],
    ['a way on that is no URL', { ...reset, continueUrl: '/x' }, 'INVALID_CONTINUE_URI'],
  ])('refuses %s, and sends nothing', async (_name, body, code) => {
    const { call, mails } = await startFirebase()
    const { status, message = '' } = await call('sendOobCode', body)
    expect([status, message.split(' : ')[0], mails]).toEqual([400, code, []])
  })

  it('returns the link to the owner, without a mail', async () => {
    const firebase = await startFirebase()
    const { body } = await firebase.administer(':sendOobCode', { ...reset, returnOobLink: true })
    expect([new URL(body.oobLink).searchParams.get('oobCode'), firebase.mails]).toEqual([body.oobCode, []])
    expect((await firebase.call('resetPassword', { oobCode: body.oobCode, newPassword })).status).toBe(200)
  })

  it('returns to a page of this machine', async () => {
    const firebase = await startFirebase()
    await firebase.call('sendOobCode', { ...reset, continueUrl: 'http://localhost:5173/settings?a=b' })
    const { searchParams, origin, pathname } = new URL(firebase.mails[0]?.link ?? '')
    expect([origin, pathname]).toEqual([firebase.url, '/emulator/action'])
    expect(searchParams.get('continueUrl')).toBe('http://localhost:5173/settings?a=b')
  })
})
