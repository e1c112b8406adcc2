/** Codes and refresh tokens of the local user pool: once, in time, and for their client. */
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { describe, expect, it, vi } from 'vitest'
import { cognitoSubject, sessionClientId } from '../../src/issuers/token-claims.ts'
import { clientSecret } from '../../src/pool/clients.ts'
import { createApp, redirectUri } from './kit/app.ts'
import { basic, post, signInAs, useOAuth } from './kit/oauth.ts'

const { open, signedIn } = useOAuth()

describe('a code', () => {
  async function code() {
    const { pool, app, visitor } = await open()
    const started = await app.start()
    const view = await signInAs(visitor, started.url)
    const fields = {
      grant_type: 'authorization_code',
      client_id: 'localclient0001',
      redirect_uri: redirectUri,
      code: new URL(view.url).searchParams.get('code') ?? '',
      code_verifier: started.verifier,
    }
    return { pool, fields }
  }

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }],
    ['another redirect URI', { redirect_uri: 'http://localhost:3001/callback' }],
    ['a changed code', { code: 'x'.repeat(43) }],
  ])('is not redeemed with %s', async (_name, more) => {
    const { pool, fields } = await code()
    expect(await post(pool, '/oauth2/token', { ...fields, ...more })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  it('is not redeemed without the verifier, nor by another client', async () => {
    const { pool, fields } = await code()
    const { code_verifier: _, ...without } = fields
    expect((await post(pool, '/oauth2/token', without)).status).toBe(400)
    expect((await post(pool, '/oauth2/token', { ...fields, client_id: 'localmachine0001' })).status).toBe(401)
    expect((await post(pool, '/oauth2/token', fields)).status).toBe(200)
  })

  it('is redeemed once, and using it again ends what it gave', async () => {
    const { pool, fields } = await code()
    const { body } = await post(pool, '/oauth2/token', fields)
    expect((await post(pool, '/oauth2/token', fields)).body.error).toBe('invalid_grant')
    const refresh = { grant_type: 'refresh_token', client_id: 'localclient0001', refresh_token: body.refresh_token }
    expect((await post(pool, '/oauth2/token', refresh)).body.error).toBe('invalid_grant')
  })

  it('is redeemed by exactly one of ten at once', async () => {
    const { pool, fields } = await code()
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(pool, '/oauth2/token', fields)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(9)
  })

  it('is redeemed with an origin and a proof of possession: neither changes the answer', async () => {
    const { pool, fields } = await code()
    const headers = { origin: 'http://localhost:3000', dpop: 'x' }
    const url = `${pool.issuer}/oauth2/token`
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers })
    expect([response.status, (await response.json()).token_type]).toEqual([200, 'Bearer'])
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('ends after five minutes', async () => {
    const { pool, fields } = await code()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 301_000 })
    expect((await post(pool, '/oauth2/token', fields)).body.error).toBe('invalid_grant')
  })
})

describe('a refresh token', () => {
  it('rotates, keeps the sign-in, and still works for ten seconds', async () => {
    const { app, tokens } = await signedIn()
    const first = tokens.refresh_token ?? ''
    const [one, two] = await Promise.all([
      client.refreshTokenGrant(app.config, first),
      client.refreshTokenGrant(app.config, first),
    ])
    for (const next of [one, two]) {
      expect(next.refresh_token).not.toBe(first)
      const { origin_jti, auth_time, scope } = decodeJwt(tokens.access_token)
      expect(decodeJwt(next.access_token)).toMatchObject({ origin_jti, auth_time, scope, name: 'Alice' })
      expect(next.claims()).toMatchObject({ origin_jti, token_use: 'id' })
    }
  })

  it('of a client with a secret does not rotate, and works at any time', async () => {
    const { pool, visitor } = await open()
    const secret = clientSecret(pool.keys.cursorSecret, sessionClientId)
    const app = await createApp(pool, sessionClientId, client.ClientSecretBasic(secret))
    const started = await app.start({ redirect_uri: `${pool.url}/session/callback` })
    const first = (await app.redeem(started, await signInAs(visitor, started.url))).refresh_token ?? ''
    expect((await client.refreshTokenGrant(app.config, first)).refresh_token).toBe(first)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    expect((await client.refreshTokenGrant(app.config, first)).refresh_token).toBe(first)
    const fields = { grant_type: 'refresh_token', client_id: sessionClientId, refresh_token: first }
    expect((await post(pool, '/oauth2/token', fields)).body.error).toBe('invalid_client')
  })

  it('is refused later, and the sign-in ends with it', async () => {
    const { app, tokens } = await signedIn()
    const first = tokens.refresh_token ?? ''
    const next = await client.refreshTokenGrant(app.config, first)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 })
    await expect(client.refreshTokenGrant(app.config, first)).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(client.refreshTokenGrant(app.config, next.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  it('ends thirty days after the sign-in, however often it rotates', async () => {
    const { app, tokens } = await signedIn()
    const day = 86_400_000
    const began = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: began + 29 * day })
    const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
    vi.setSystemTime(began + 31 * day)
    await expect(client.refreshTokenGrant(app.config, next.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  it('gives ID tokens that say when the person signed in, as the first one does', async () => {
    const { app, tokens } = await signedIn()
    const authTime = (token = '') => decodeJwt(token).auth_time
    const began = authTime(tokens.access_token)
    expect([typeof began, authTime(tokens.id_token)]).toEqual(['number', began])
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 })
    const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
    expect([authTime(next.id_token), authTime(next.access_token)]).toEqual([began, began])
  })

  it('is revoked with the tokens that it gave; another client revokes nothing', async () => {
    const { pool, app, tokens } = await signedIn()
    const token = tokens.refresh_token ?? ''
    const info = () =>
      fetch(`${pool.issuer}/oauth2/userInfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect((await post(pool, '/oauth2/revoke', { token }, basic(pool))).status).toBe(200)
    expect(await (await info()).json()).toEqual({
      sub: cognitoSubject('alice'),
      username: 'alice',
      email: 'alice@cognito.example',
      email_verified: 'true',
      name: 'Alice',
    })
    await client.tokenRevocation(app.config, token)
    await expect(client.refreshTokenGrant(app.config, token)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await info()).status).toBe(401)
  })

  it('does not give more scopes than the sign-in had', async () => {
    const { app, tokens } = await signedIn()
    const wider = client.refreshTokenGrant(app.config, tokens.refresh_token ?? '', { scope: 'openid notes/share' })
    await expect(wider).rejects.toMatchObject({ error: 'invalid_scope' })
    const narrower = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '', {
      scope: 'openid notes/read',
    })
    expect(decodeJwt(narrower.access_token).scope).toBe('openid notes/read')
  })
})
