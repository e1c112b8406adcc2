/** Every step of a sign-in that began with the old password is refused once the new one is set. */
import { decodeJwt } from 'jose'
import { TOTP } from 'otpauth'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ClientId, call, refresh, signIn as signInByApi } from './kit/api.ts'
import { redirectUri } from './kit/app.ts'
import { arrived, later, type Opened, open, password, signIn } from './kit/hosted.ts'
import { codeFor } from './kit/start-pool.ts'
import { createVisitor, type View } from './kit/visitor.ts'

afterEach(() => {
  vi.useRealTimers()
})

const old = 'fieldnotes-alice'

/** The owner sets a new password by the code of a mail. */
async function reset({ pool }: Pick<Opened, 'pool'>): Promise<void> {
  await call(pool, 'ForgotPassword', { ClientId, Username: 'alice' })
  const ConfirmationCode = codeFor(pool, 'alice@cognito.example')
  const input = { ClientId, Username: 'alice', ConfirmationCode, Password: password }
  expect((await call(pool, 'ConfirmForgotPassword', input)).status).toBe(200)
}

/** Adds a second factor to alice. */
async function enrol({ pool }: Opened): Promise<TOTP> {
  const visitor = createVisitor(pool.url)
  const page = await openSetup({ pool, visitor })
  const totp = new TOTP({ secret: /id="secret">(\w+)</.exec(page.html)?.[1] ?? '' })
  expect((await visitor.submit(page, { code: totp.generate() })).html).toContain('is added')
  later(60_000)
  return totp
}

async function openSetup({ pool, visitor }: Pick<Opened, 'pool' | 'visitor'>, secret = old): Promise<View> {
  return visitor.submit(await visitor.open(`${pool.issuer}/second-factor`), { username: 'alice', password: secret })
}

describe('after a new password', () => {
  it('no attempt with the old one gets tokens, also when it was sent before', async () => {
    const opened = await open()
    const { pool } = opened
    const answers: { status: number; isLate: boolean; tokens: { AccessToken: string } | undefined }[] = []
    let isReset = false
    const attempts = Array.from({ length: 18 }, async () => {
      const { status, body } = await signInByApi(pool, 'alice', old)
      answers.push({ status, isLate: isReset, tokens: body.AuthenticationResult })
    })
    await reset(opened)
    isReset = true
    await Promise.all(attempts)
    expect(answers.filter(({ isLate }) => isLate).length).toBeGreaterThan(0)
    expect(answers.filter(({ isLate, status }) => isLate && status === 200)).toEqual([])
    for (const { tokens } of answers)
      if (tokens) expect((await call(pool, 'GetUser', { AccessToken: tokens.AccessToken })).status).toBe(400)
    // The late attempts are wrong ones, and lock for a while.
    later(3600_000)
    expect((await signInByApi(pool, 'alice', password)).status).toBe(200)
  })

  it('the form of a page with the old one is refused, also when it was sent before', async () => {
    const opened = await open()
    const views: { view: View; isLate: boolean }[] = []
    let isReset = false
    const attempts = Array.from({ length: 12 }, async () => {
      const { view } = await signIn({ ...opened, visitor: createVisitor(opened.pool.url) }, 'alice', old)
      views.push({ view, isLate: isReset })
    })
    await reset(opened)
    isReset = true
    await Promise.all(attempts)
    expect(views.filter(({ isLate, view }) => isLate && arrived(view))).toEqual([])
    later(3600_000)
    expect(arrived((await signIn(opened, 'alice', password)).view)).toBe(true)
  })

  it('an accepted sign-in that has not gone back to the app can not go on', async () => {
    const opened = await open()
    const { pool, app, visitor } = opened
    const started = await app.start()
    const page = await visitor.open(started.url)
    const next = await visitor.submitOnly(page, { username: 'alice', password: old }, 'Sign in')
    await reset(opened)
    const resumed = await visitor.open(next)
    expect(resumed.url.startsWith(redirectUri)).toBe(false)
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toContain('login_required')
    expect(pool.lines.join()).not.toContain('error')
  })

  it('a code is not redeemed, a session goes on nowhere, and no refresh token works', async () => {
    const opened = await open()
    const { pool, app, visitor } = opened
    const { started, view } = await signIn(opened, 'alice', old)
    const tokens = (await signInByApi(pool, 'alice', old)).body.AuthenticationResult
    await reset(opened)
    await expect(app.redeem(started, view)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toContain('login_required')
    expect((await refresh(pool, tokens.RefreshToken)).body.message).toBe('Invalid Refresh Token')
    expect((await call(pool, 'GetUser', { AccessToken: tokens.AccessToken })).status).toBe(400)
  })

  it('a second factor that waits for its code is refused, at the pages and at the API', async () => {
    const opened = await open()
    const { pool, visitor } = opened
    const totp = await enrol(opened)
    const { view } = await signIn(opened, 'alice', old)
    const { Session } = (await signInByApi(pool, 'alice', old)).body
    await reset(opened)
    const end = await visitor.submit(view, { code: totp.generate() })
    expect([arrived(end), end.html]).toEqual([false, expect.stringContaining('Sign in again')])
    const ChallengeResponses = { USERNAME: 'alice', SOFTWARE_TOKEN_MFA_CODE: totp.generate() }
    const answer = { ClientId, ChallengeName: 'SOFTWARE_TOKEN_MFA', ChallengeResponses }
    expect((await call(pool, 'RespondToAuthChallenge', { ...answer, Session })).body).toEqual({
      __type: 'NotAuthorizedException',
      message: 'Invalid session for the user.',
    })
    const next = (await signInByApi(pool, 'alice', password)).body
    expect((await call(pool, 'RespondToAuthChallenge', { ...answer, Session: next.Session })).status).toBe(200)
  })

  it('no second factor is added or removed by a page that the old one opened', async () => {
    const opened = await open()
    const { pool, visitor } = opened
    const page = await openSetup(opened)
    const thief = new TOTP({ secret: /id="secret">(\w+)</.exec(page.html)?.[1] ?? '' })
    await reset(opened)
    const end = await visitor.submit(page, { code: thief.generate() })
    expect([end.status, end.html]).toEqual([400, expect.stringContaining('This sign-in has ended.')])
    expect((await signInByApi(pool, 'alice', password)).body.ChallengeName).toBeUndefined()
  })

  it('the second factor is not removed by a page that the old one opened', async () => {
    const opened = await open()
    const totp = await enrol(opened)
    const page = await openSetup(opened)
    expect(page.html).toContain('A code removes it')
    await reset(opened)
    expect((await opened.visitor.submit(page, { code: totp.generate() })).status).toBe(400)
    expect((await signInByApi(opened.pool, 'alice', password)).body.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
  })

  it('new sign-ins go on as before, and their tokens say nothing of it', async () => {
    const opened = await open()
    const { pool, app, visitor } = opened
    await reset(opened)
    const started = await app.start({ acr_values: 'x' })
    const page = await visitor.open(started.url)
    const tokens = await app.redeem(started, await visitor.submit(page, { username: 'alice', password }, 'Sign in'))
    for (const token of [tokens.access_token, tokens.id_token ?? '']) expect(decodeJwt(token)).not.toHaveProperty('acr')
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toContain('code=')
    const api = (await signInByApi(pool, 'alice', password)).body.AuthenticationResult
    const next = (await refresh(pool, api.RefreshToken)).body.AuthenticationResult
    expect((await refresh(pool, next.RefreshToken)).status).toBe(200)
    expect((await call(pool, 'GetUser', { AccessToken: next.AccessToken })).body.Username).toBe('alice')
  })
})

describe('GlobalSignOut', () => {
  it('refuses a challenge that waits for its code', async () => {
    const opened = await open()
    const { pool } = opened
    const tokens = (await signInByApi(pool, 'alice', old)).body.AuthenticationResult
    const totp = await enrol(opened)
    const { Session } = (await signInByApi(pool, 'alice', old)).body
    expect((await call(pool, 'GlobalSignOut', { AccessToken: tokens.AccessToken })).status).toBe(200)
    const ChallengeResponses = { USERNAME: 'alice', SOFTWARE_TOKEN_MFA_CODE: totp.generate() }
    const input = { ClientId, ChallengeName: 'SOFTWARE_TOKEN_MFA', ChallengeResponses, Session }
    expect((await call(pool, 'RespondToAuthChallenge', input)).type).toBe('NotAuthorizedException:')
  })
})
