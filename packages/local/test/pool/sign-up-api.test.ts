/** `SignUp` and the calls after it, by the user pool's API. */
import { decodeJwt } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cognitoSubject } from '../../src/issuers/token-claims.ts'
import { type Answer, ClientId, call, Password, signed, signIn, signUp, UserPoolId } from './kit/api.ts'
import { codeFor, startPool } from './kit/start-pool.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('SignUp', () => {
  it('is confirmed by a code, and signs in', async () => {
    const pool = await startPool()
    const attributes = [
      { Name: 'name', Value: 'Dora' },
      { Name: 'email', Value: 'Dora@example.org' },
    ]
    const { body } = await signUp(pool, 'dora@example.org', { UserAttributes: attributes })
    expect(body).toEqual({ UserConfirmed: false, UserSub: expect.any(String), CodeDeliveryDetails: expect.any(Object) })
    expect((await signIn(pool, 'dora@example.org', Password)).type).toBe('UserNotConfirmedException:')
    const ConfirmationCode = codeFor(pool, 'dora@example.org')
    const confirm = { ClientId, Username: 'dora@example.org', ConfirmationCode }
    expect((await call(pool, 'ConfirmSignUp', { ...confirm, ConfirmationCode: 'x' })).type).toBe(
      'CodeMismatchException:',
    )
    expect((await call(pool, 'ConfirmSignUp', confirm)).status).toBe(200)
    expect((await call(pool, 'ConfirmSignUp', confirm)).type).toBe('CodeMismatchException:')
    const { AccessToken, IdToken } = (await signIn(pool, 'dora@example.org', Password)).body.AuthenticationResult
    expect(decodeJwt(AccessToken)).toMatchObject({
      sub: body.UserSub,
      name: 'Dora',
      scope: 'aws.cognito.signin.user.admin',
    })
    expect(decodeJwt(IdToken)).toMatchObject({ sub: body.UserSub, aud: ClientId, token_use: 'id' })
  })

  it('takes a name to sign in with, once: it is the person of the token command', async () => {
    const pool = await startPool()
    const attributes = { UserAttributes: [{ Name: 'email', Value: 'dave@example.org' }] }
    expect((await signUp(pool, 'dave', attributes)).body.UserSub).toBe(cognitoSubject('dave'))
    expect((await signUp(pool, 'dave', attributes)).type).toBe('UsernameExistsException:')
    const admin = await call(pool, 'AdminConfirmSignUp', { UserPoolId, Username: 'dave' }, signed)
    expect([admin.status, admin.body]).toEqual([200, {}])
    expect((await signIn(pool, 'dave', Password)).status).toBe(200)
  })

  it('confirmed by an administrator verifies no address: it belongs to the person whom its code reaches', async () => {
    const pool = await startPool()
    const Username = 'dora@example.org'
    await signUp(pool, Username)
    await call(pool, 'AdminConfirmSignUp', { UserPoolId, Username }, signed)
    const stranger = (await signIn(pool, Username, Password)).body.AuthenticationResult
    expect(decodeJwt(stranger.AccessToken).email_verified).toBe(false)
    expect(decodeJwt(stranger.IdToken).email_verified).toBe(false)
    await call(pool, 'ForgotPassword', { ClientId, Username })
    expect(pool.mailbox.mails()).toHaveLength(1)
    await signUp(pool, Username, { Password: 'Another-horse-9' })
    const ConfirmationCode = codeFor(pool, Username)
    expect((await call(pool, 'ConfirmSignUp', { ClientId, Username, ConfirmationCode })).status).toBe(200)
    const owner = (await signIn(pool, Username, 'Another-horse-9')).body.AuthenticationResult
    expect(decodeJwt(owner.AccessToken)).toMatchObject({ email_verified: true })
    expect(decodeJwt(owner.AccessToken).sub).not.toBe(decodeJwt(stranger.AccessToken).sub)
    expect((await signIn(pool, Username, Password)).type).toBe('NotAuthorizedException:')
  })

  it('answers a taken address as a new one', async () => {
    const pool = await startPool()
    const [fresh, taken] = [await signUp(pool, 'dora@example.org'), await signUp(pool, 'alice@cognito.example')]
    const shape = ({ status, body }: Answer) => [status, { ...body, UserSub: '' }]
    expect(shape(taken)).toEqual(shape(fresh))
  })

  it.each(['alice@cognito.example', 'dora@example.org'])('is followed by the same answers for %s', async (Username) => {
    const pool = await startPool()
    const resend = () => call(pool, 'ResendConfirmationCode', { ClientId, Username })
    await signUp(pool, Username)
    await signUp(pool, Username, { Password: 'Another-horse-9' })
    vi.useFakeTimers({ toFake: ['Date'] })
    expect((await signIn(pool, Username, 'Another-horse-9')).type).toBe('UserNotConfirmedException:')
    expect((await signIn(pool, Username, Password)).type).toBe('NotAuthorizedException:')
    expect((await resend()).type).toBe('LimitExceededException:')
    vi.setSystemTime(Date.now() + 61_000)
    expect((await resend()).status).toBe(200)
    expect((await resend()).type).toBe('LimitExceededException:')
    const confirm = { ClientId, Username, ConfirmationCode: 'x' }
    for (let tries = 0; tries < 6; tries++)
      expect((await call(pool, 'ConfirmSignUp', confirm)).type).toBe('CodeMismatchException:')
    const codes = pool.mailbox.mails().filter(({ to, code }) => to === Username && code !== undefined)
    expect(codes).toHaveLength(Username === 'dora@example.org' ? 3 : 0)
  })

  it('with a taken address leaves its owner alone: neither sign-in nor count of wrong passwords changes', async () => {
    const pool = await startPool()
    vi.useFakeTimers({ toFake: ['Date'] })
    await signUp(pool, 'alice@cognito.example')
    for (let tries = 0; tries < 6; tries++) {
      expect((await signIn(pool, 'alice@cognito.example', 'guess')).status).toBe(400)
      await signIn(pool, 'alice@cognito.example', Password)
    }
    // The owner is locked by the guesses, though a sign-up's right password came between them.
    expect((await signIn(pool, 'alice', 'fieldnotes-alice')).type).toBe('NotAuthorizedException:')
    vi.setSystemTime(Date.now() + 3600_000)
    expect((await signIn(pool, 'alice@cognito.example', 'fieldnotes-alice')).status).toBe(200)
  })

  it('twice at once gives one of two codes an account', async () => {
    const pool = await startPool()
    const subs = (await Promise.all([signUp(pool, 'dora@example.org'), signUp(pool, 'dora@example.org')])).map(
      ({ body }) => body.UserSub,
    )
    expect(new Set(subs).size).toBe(2)
    const confirmed = []
    for (const { code } of pool.mailbox.mails())
      for (const Username of subs)
        confirmed.push((await call(pool, 'ConfirmSignUp', { ClientId, Username, ConfirmationCode: code })).status)
    expect(confirmed.filter((status) => status === 200)).toHaveLength(1)
  })

  it.each([
    ['Password', { Password: 'short' }, 'InvalidPasswordException'],
    [
      'Username',
      { Username: 'No Name', UserAttributes: [{ Name: 'email', Value: 'x@x.org' }] },
      'InvalidParameterException',
    ],
    ['Username', { Username: '' }, 'InvalidParameterException'],
    ['Username', { Username: { x: 1 } }, 'InvalidParameterException'],
    ['Username', { Username: 'x'.repeat(5000) }, 'InvalidParameterException'],
    ['UserAttributes.email', { Username: 'dora' }, 'InvalidParameterException'],
    ['UserAttributes.email', { Username: 'dora@x' }, 'InvalidParameterException'],
    ['UserAttributes', { UserAttributes: 'x' }, 'InvalidParameterException'],
    ['UserAttributes.0.Name', { UserAttributes: [{}] }, 'InvalidParameterException'],
    [
      'UserAttributes.name',
      { UserAttributes: [{ Name: 'name', Value: '\u202e<script>' }] },
      'InvalidParameterException',
    ],
    ['UserAttributes', { UserAttributes: [{ Name: 'custom:x', Value: 'x' }] }, 'InvalidParameterException'],
    ['UserAttributes', { UserAttributes: [{ Name: 'email_verified', Value: 'true' }] }, 'InvalidParameterException'],
    [
      'UserAttributes.email',
      { UserAttributes: [{ Name: 'email', Value: 'b@example.org' }] },
      'InvalidParameterException',
    ],
    ['', { ClientId: 'unknown' }, 'ResourceNotFoundException'],
    ['', { ClientId: 'localmachine0001' }, 'ResourceNotFoundException'],
  ])('refuses a wrong %s and names it, without its value', async (path, more, type) => {
    const pool = await startPool()
    const answer = await signUp(pool, 'dora@example.org', more)
    expect([answer.status, answer.body.__type, answer.type]).toEqual([400, type, `${type}:`])
    expect(answer.body.message).toMatch(path)
    expect(answer.body.message).not.toMatch(/script|No Name|xxxx|short|unknown/)
    expect(pool.mailbox.mails()).toEqual([])
  })
})
