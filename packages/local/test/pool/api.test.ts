/** The user pool's API for the AWS CLI, by the AWS JSON protocol. */
import { decodeJwt } from 'jose'
import { TOTP } from 'otpauth'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cognitoSubject } from '../../src/issuers/token-claims.ts'
import { type Answer, ClientId, call, refresh, signed, signIn } from './kit/api.ts'
import { codeFor, startPool, type TestPool } from './kit/start-pool.ts'
import { createVisitor } from './kit/visitor.ts'

afterEach(() => {
  vi.useRealTimers()
})

const Password = 'Correct-horse-9'
const UserPoolId = 'eu-west-1_Local0001'

function signUp(pool: TestPool, Username: string, more = {}): Promise<Answer> {
  return call(pool, 'SignUp', { ClientId, Username, Password, ...more })
}

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
      confirmed.push(
        (await call(pool, 'ConfirmSignUp', { ClientId, Username: 'dora@example.org', ConfirmationCode: code })).status,
      )
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

describe('InitiateAuth', () => {
  it('gives a token that identity accepts, without a scope for notes', async () => {
    const pool = await startPool()
    const { AccessToken, ExpiresIn, TokenType } = (await signIn(pool, 'alice', 'fieldnotes-alice')).body
      .AuthenticationResult
    expect([ExpiresIn, TokenType]).toEqual([900, 'Bearer'])
    expect(await pool.identity.authenticate({ authorization: [`Bearer ${AccessToken}`] })).toMatchObject({
      kind: 'user',
      subject: cognitoSubject('alice'),
      scopes: new Set(),
    })
  })

  it('answers an unknown name as a wrong password, and locks both after five', async () => {
    const pool = await startPool()
    vi.useFakeTimers({ toFake: ['Date'] })
    for (const name of ['alice', 'mallory']) {
      for (let tries = 0; tries < 5; tries++)
        expect((await signIn(pool, name, 'wrong')).body.message).toBe('Incorrect username or password.')
      expect((await signIn(pool, name, 'fieldnotes-alice')).body).toEqual({
        __type: 'NotAuthorizedException',
        message: 'Password attempts exceeded',
      })
    }
  })

  it('refreshes with rotation, and a revoked or used token is refused', async () => {
    const pool = await startPool()
    const first = (await signIn(pool, 'alice', 'fieldnotes-alice')).body.AuthenticationResult
    const next = (await refresh(pool, first.RefreshToken)).body.AuthenticationResult
    expect(next.RefreshToken).not.toBe(first.RefreshToken)
    expect(decodeJwt(next.AccessToken).origin_jti).toBe(decodeJwt(first.AccessToken).origin_jti)
    expect(decodeJwt(next.IdToken)).toMatchObject({ token_use: 'id', sub: cognitoSubject('alice') })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 })
    expect((await refresh(pool, first.RefreshToken)).body.message).toBe('Invalid Refresh Token')
    expect((await refresh(pool, 'x')).type).toBe('NotAuthorizedException:')
  })

  it.each(['USER_SRP_AUTH', 'CUSTOM_AUTH', '__proto__', 'constructor'])('refuses the flow %s', async (AuthFlow) => {
    const pool = await startPool()
    const answer = await call(pool, 'InitiateAuth', { ClientId, AuthFlow, AuthParameters: {} })
    expect([answer.type, answer.body.message]).toEqual([
      'InvalidParameterException:',
      expect.stringMatching(/^AuthFlow:/),
    ])
  })

  it('gives no token without the second factor', async () => {
    const pool = await startPool()
    const visitor = createVisitor(pool.url)
    const first = await visitor.open(`${pool.issuer}/second-factor`)
    const page = await visitor.submit(first, { username: 'alice', password: 'fieldnotes-alice' })
    const totp = new TOTP({ secret: /id="secret">(\w+)</.exec(page.html)?.[1] ?? '' })
    await visitor.submit(page, { code: totp.generate() })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 })
    const { body } = await signIn(pool, 'alice', 'fieldnotes-alice')
    expect(body).toEqual({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: expect.any(String),
      ChallengeParameters: expect.any(Object),
    })
    const respond = (code: string, Session = body.Session) =>
      call(pool, 'RespondToAuthChallenge', {
        ClientId,
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
        Session,
        ChallengeResponses: { USERNAME: 'alice', SOFTWARE_TOKEN_MFA_CODE: code },
      })
    expect((await respond('000000')).type).toBe('CodeMismatchException:')
    expect((await respond(totp.generate(), 'x')).type).toBe('NotAuthorizedException:')
    expect((await respond(totp.generate())).body.AuthenticationResult.TokenType).toBe('Bearer')
    expect((await respond(totp.generate())).type).toBe('NotAuthorizedException:')
  })
})

describe('GlobalSignOut', () => {
  it('ends every sign-in of the person, and of no other', async () => {
    const pool = await startPool()
    const tokens = async (name: string) => (await signIn(pool, name, `fieldnotes-${name}`)).body.AuthenticationResult
    const [one, two, bob] = [await tokens('alice'), await tokens('alice'), await tokens('bob')]
    expect((await call(pool, 'GetUser', { AccessToken: one.AccessToken })).body.Username).toBe('alice')
    expect((await call(pool, 'GlobalSignOut', { AccessToken: one.AccessToken })).body).toEqual({})
    for (const { RefreshToken, AccessToken } of [one, two]) {
      expect((await refresh(pool, RefreshToken)).type).toBe('NotAuthorizedException:')
      expect((await call(pool, 'GetUser', { AccessToken })).type).toBe('NotAuthorizedException:')
      expect((await call(pool, 'GlobalSignOut', { AccessToken })).type).toBe('NotAuthorizedException:')
    }
    expect((await refresh(pool, bob.RefreshToken)).status).toBe(200)
  })

  it('refuses an ID token and any other text', async () => {
    const pool = await startPool()
    const { IdToken } = (await signIn(pool, 'alice', 'fieldnotes-alice')).body.AuthenticationResult
    for (const AccessToken of [IdToken, 'x', 'x.y.z'])
      expect((await call(pool, 'GlobalSignOut', { AccessToken })).type).toBe('NotAuthorizedException:')
  })
})

describe('ForgotPassword', () => {
  it('sets a password by the code, and answers an unknown name alike', async () => {
    const pool = await startPool()
    const known = await call(pool, 'ForgotPassword', { ClientId, Username: 'alice' })
    expect(await call(pool, 'ForgotPassword', { ClientId, Username: 'mallory' })).toEqual(known)
    const ConfirmationCode = codeFor(pool, 'alice@cognito.example')
    const confirm = (Username: string) =>
      call(pool, 'ConfirmForgotPassword', { ClientId, Username, ConfirmationCode, Password })
    expect((await confirm('mallory')).type).toBe('CodeMismatchException:')
    expect((await confirm('alice')).status).toBe(200)
    expect((await confirm('alice')).type).toBe('CodeMismatchException:')
    expect((await signIn(pool, 'alice', Password)).status).toBe(200)
  })
})

describe('a call', () => {
  it('of an administrator needs a signed request, the pool, and a person who waits', async () => {
    const pool = await startPool()
    await signUp(pool, 'dora@example.org')
    const input = { UserPoolId, Username: 'dora@example.org' }
    expect((await call(pool, 'AdminConfirmSignUp', input)).type).toBe('MissingAuthenticationTokenException:')
    const other = { ...input, UserPoolId: 'eu-west-1_Other' }
    expect((await call(pool, 'AdminConfirmSignUp', other, signed)).type).toBe('ResourceNotFoundException:')
    const unknown = { ...input, Username: 'mallory' }
    expect((await call(pool, 'AdminConfirmSignUp', unknown, signed)).type).toBe('UserNotFoundException:')
    expect((await call(pool, 'AdminConfirmSignUp', input, signed)).status).toBe(200)
    expect((await call(pool, 'AdminConfirmSignUp', input, signed)).type).toBe('NotAuthorizedException:')
  })

  it.each([
    ['AdminDeleteUser', '{}', 'UnknownOperationException'],
    ['constructor', '{}', 'UnknownOperationException'],
    ['', '{}', 'UnknownOperationException'],
    ['SignUp', '', 'SerializationException'],
    ['SignUp', '[]', 'SerializationException'],
    ['SignUp', '{"ClientId', 'SerializationException'],
    ['SignUp', 'null', 'SerializationException'],
    ['SignUp', '{}', 'InvalidParameterException'],
    ['SignUp', '{"__proto__":{"ClientId":"localclient0001"}}', 'InvalidParameterException'],
  ])('%j with the body %j is refused: %s', async (operation, body, type) => {
    const pool = await startPool()
    expect(await call(pool, operation, body)).toMatchObject({ status: 400, type: `${type}:`, body: { __type: type } })
    expect(pool.lines.join()).not.toContain('error')
  })

  it('of more than 64 KB is refused', async () => {
    const pool = await startPool()
    expect((await call(pool, 'SignUp', { Username: 'x'.repeat(70_000) })).status).toBe(413)
  })

  it('is not answered to a page of another host name, nor to a preflight', async () => {
    const pool = await startPool()
    const preflight = await fetch(`${pool.url}/aws/cognito-idp/`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([404, null])
  })
})
