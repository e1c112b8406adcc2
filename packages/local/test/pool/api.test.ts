/** The user pool's API for the AWS CLI, by the AWS JSON protocol. */
import { decodeJwt } from 'jose'
import { TOTP } from 'otpauth'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cognitoSubject } from '../../src/issuers/token-claims.ts'
import { ClientId, call, Password, refresh, signed, signIn, signUp, UserPoolId } from './kit/api.ts'
import { codeFor, startPool } from './kit/start-pool.ts'
import { createVisitor } from './kit/visitor.ts'

afterEach(() => {
  vi.useRealTimers()
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
