/** Sign-up and sign-in by address and password. */
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { firebaseSubject } from '../../src/issuers/token-claims.ts'
import { alice, dora, startFirebase } from './firebase-world.ts'

function repeat<T>(times: number, act: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, act))
}

describe('signUp', () => {
  it('creates an account whose address is not verified, and signs it in', async () => {
    const { call } = await startFirebase()
    const { status, body } = await call('signUp', { ...dora, displayName: 'Dora', returnSecureToken: true })
    expect([status, body.email, body.localId.length, body.expiresIn]).toEqual([200, dora.email, 28, '3600'])
    expect(decodeJwt(body.idToken)).toMatchObject({
      ...{ sub: body.localId, user_id: body.localId, aud: 'demo-fieldnotes', name: 'Dora' },
      ...{ email: dora.email, email_verified: false },
      firebase: { identities: { email: [dora.email] }, sign_in_provider: 'password' },
    })
  })

  it.each([
    ['a taken address', alice, 'EMAIL_EXISTS'],
    ['a taken address in capitals', { ...alice, email: 'ALICE@Firebase.Example' }, 'EMAIL_EXISTS'],
    ['a short password', { ...dora, password: '12345' }, 'WEAK_PASSWORD : Password should be at least 6 characters'],
    ['no password', { email: dora.email }, 'MISSING_PASSWORD'],
    ['an empty password', { ...dora, password: '' }, 'MISSING_PASSWORD'],
    ['no address', { password: dora.password }, 'MISSING_EMAIL'],
    ['an address without @', { ...dora, email: 'dora' }, 'INVALID_EMAIL'],
    ['an address with two @', { ...dora, email: 'dora@a@b' }, 'INVALID_EMAIL'],
    ['an address with a script', { ...dora, email: '<script>@x.y' }, 'INVALID_EMAIL'],
    ['an address without an ending', { ...dora, email: 'a@b' }, 'INVALID_EMAIL'],
    ['an address with a space', { ...dora, email: 'do ra@example.com' }, 'INVALID_EMAIL'],
    ['an address with a line break', { ...dora, email: 'dora@example.com\nbcc: x@y' }, 'INVALID_EMAIL'],
    ['an address with an invisible character', { ...dora, email: 'do\u200Bra@example.com' }, 'INVALID_EMAIL'],
    ['an id that the client selects', { ...dora, localId: 'x' }, 'INSUFFICIENT_PERMISSION'],
    ['nothing, which would be an anonymous account', {}, 'ADMIN_ONLY_OPERATION : This sign-in method or field is off.'],
  ])('refuses %s', async (_name, body, message) => {
    const { call } = await startFirebase()
    const answer = await call('signUp', body)
    expect(answer.status).toBe(400)
    expect(answer.message?.split(' : ')[0]).toBe(message.split(' : ')[0])
    expect((await call('signUp', dora)).status).toBe(200)
  })

  it('creates one account for an address, of eight sign-ups at once', async () => {
    const { call } = await startFirebase()
    const answers = await repeat(8, () => call('signUp', dora))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ message }) => message === 'EMAIL_EXISTS')).toHaveLength(7)
  })
})

describe('signInWithPassword', () => {
  it.each(['alice', 'bob', 'carol'])('knows %s, as the person of the token command', async (person) => {
    const { call } = await startFirebase()
    const credential = { email: `${person}@firebase.example`, password: `fieldnotes-${person}` }
    const { body } = await call('signInWithPassword', credential)
    expect(body.localId).toBe(firebaseSubject(person))
    expect(decodeJwt(body.idToken)).toMatchObject({ sub: firebaseSubject(person), email_verified: true })
  })

  it('has one answer for an unknown address and for a wrong password', async () => {
    const { call } = await startFirebase()
    const unknown = await call('signInWithPassword', { ...alice, email: 'mallory@example.com' })
    const wrong = await call('signInWithPassword', { ...alice, password: 'fieldnotes-alicE' })
    expect(unknown.message).toBe('INVALID_LOGIN_CREDENTIALS')
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body])
  })

  it('says that an account is disabled only to those who know its password', async () => {
    const { call, administer } = await startFirebase()
    await administer(':update', { localId: firebaseSubject('alice'), disableUser: true })
    expect((await call('signInWithPassword', { ...alice, password: 'x' })).message).toBe('INVALID_LOGIN_CREDENTIALS')
    expect((await call('signInWithPassword', alice)).message).toBe('USER_DISABLED')
    await administer(':update', { localId: firebaseSubject('alice'), disableUser: false })
    expect((await call('signInWithPassword', alice)).status).toBe(200)
  })

  it.each([alice.email, 'mallory@example.com'])('refuses a sixth guess for %s, for a minute', async (email) => {
    const { call, setClock } = await startFirebase()
    const guess = { email, password: 'guess' }
    const guesses = await repeat(12, () => call('signInWithPassword', guess))
    const codes = guesses.map(({ message }) => message?.split(' : ')[0]).sort()
    expect(codes.filter((code) => code === 'INVALID_LOGIN_CREDENTIALS')).toHaveLength(5)
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS_TRY_LATER')).toHaveLength(7)
    setClock(2)
    expect((await call('signInWithPassword', guess)).message).toBe('INVALID_LOGIN_CREDENTIALS')
  })

  it('refuses the right password too after five failures, but another person at once', async () => {
    const { call, setClock } = await startFirebase()
    await repeat(5, () => call('signInWithPassword', { ...alice, password: 'guess' }))
    expect((await call('signInWithPassword', alice)).message).toContain('TOO_MANY_ATTEMPTS_TRY_LATER')
    const bob = { email: 'bob@firebase.example', password: 'fieldnotes-bob' }
    expect((await call('signInWithPassword', bob)).status).toBe(200)
    setClock(2)
    expect((await call('signInWithPassword', alice)).status).toBe(200)
  })

  it('counts failures in a row: a sign-in between them begins anew', async () => {
    const { call } = await startFirebase()
    const guess = () => call('signInWithPassword', { ...alice, password: 'guess' })
    await repeat(4, guess)
    expect((await call('signInWithPassword', alice)).status).toBe(200)
    expect((await repeat(4, guess)).map(({ message }) => message)).toEqual(Array(4).fill('INVALID_LOGIN_CREDENTIALS'))
    expect((await call('signInWithPassword', alice)).status).toBe(200)
  })

  it('answers eight sign-ins at once with eight tokens', async () => {
    const { call } = await startFirebase()
    expect((await repeat(8, () => call('signInWithPassword', alice))).every(({ status }) => status === 200)).toBe(true)
  })
})
