/** Authorization requests of the local user pool: what is refused, and where an answer may go. */
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { call } from './kit/api.ts'
import { redirectUri } from './kit/app.ts'
import { bearer, post, signInAs, useOAuth } from './kit/oauth.ts'

const { open, signedIn } = useOAuth()

describe('an authorization request', () => {
  it.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['with PKCE as plain text', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for an implicit token', { response_type: 'token' }, 'unsupported_response_type'],
    ['with a scope that no one has', { scope: 'openid notes/everything' }, 'invalid_scope'],
    ['with a scope that is not the client’s', { scope: 'openid notes/audit' }, 'invalid_scope'],
  ])('%s is refused at the app', async (_name, more, error) => {
    const { app, visitor } = await open()
    const { url } = await app.start(more)
    const view = await visitor.open(url.replace(/&code_challenge(_method)?=(?=&|$)/g, ''))
    expect(new URL(view.url).origin).toBe('http://localhost:3000')
    expect(view.url).toContain(`error=${error}`)
  })

  it.each(['notes/read', 'notes/read notes/trash', 'profile'])('for %j alone gets no ID token', async (scope) => {
    const { app, visitor, pool } = await open()
    const started = await app.start({ scope })
    const { code } = Object.fromEntries(new URL((await signInAs(visitor, started.url)).url).searchParams)
    const fields = { grant_type: 'authorization_code', client_id: 'localclient0001', redirect_uri: redirectUri }
    const { body } = await post(pool, '/oauth2/token', { ...fields, code: code ?? '', code_verifier: started.verifier })
    expect(body).not.toHaveProperty('id_token')
    const { auth_time, iat } = decodeJwt(body.access_token)
    expect([decodeJwt(body.access_token).scope, Number(iat) - Number(auth_time) < 60]).toEqual([scope, true])
    const next = await post(pool, '/oauth2/token', {
      ...fields,
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token,
    })
    expect(decodeJwt(next.body.access_token)).toMatchObject({ scope, auth_time })
    expect(next.body).not.toHaveProperty('id_token')
  })

  it.each([
    ['openid aws.cognito.signin.user.admin', 200, { Username: 'alice' }],
    ['openid notes/read', 400, { message: expect.stringContaining('scope') }],
  ])('with the scope %j may call the API for the account, or may not: %i', async (scope, status, answer) => {
    const { pool, app, visitor } = await open()
    const started = await app.start({ scope })
    const { access_token } = await app.redeem(started, await signInAs(visitor, started.url))
    expect(await call(pool, 'GetUser', { AccessToken: access_token })).toMatchObject({ status, body: answer })
    const principal = await pool.identity.authenticate(bearer(access_token))
    const scopes = new Set(status === 200 ? [] : ['notes:read'])
    expect(principal).toMatchObject({ kind: 'user', scopes })
  })

  it('without any scope gets all of the client', async () => {
    const { app, visitor } = await open()
    const started = await app.start({ scope: '' })
    const { access_token } = await app.redeem(started, await signInAs(visitor, started.url))
    expect(decodeJwt(access_token).scope).toBe(
      'openid email profile aws.cognito.signin.user.admin notes/read notes/write notes/share notes/trash',
    )
  })

  it.each([
    'http://localhost:5173/callback',
    'http://127.0.0.1:8080/callback',
    'http://127.0.0.1:4000/session/callback',
  ])('may come back to %s', async (uri) => {
    const { app, visitor } = await open()
    const { url } = await app.start({ redirect_uri: uri })
    expect((await signInAs(visitor, url)).url).toMatch(`${uri}?code=`)
  })

  it.each([
    'https://evil.example/callback',
    'http://localhost.evil.example/callback',
    'http://localhost:3000/callback/../evil',
    'http://localhost:3000/callback/',
    'http://localhost:3000/Callback',
    'http://localhost:3000/callback?x=1',
    'http://localhost:3000/callback#x',
    'http://me@localhost:3000/callback',
    'https://localhost:3000/callback',
    'http://[::1]:3000/callback',
    'http://0x7f000001/callback',
    'javascript:alert(1)',
    '',
  ])('never comes back to %j', async (uri) => {
    const { app, visitor, pool } = await open()
    const { url } = await app.start({ redirect_uri: uri })
    const view = await visitor.open(url)
    expect([view.status, new URL(view.url).origin]).toEqual([400, pool.url])
    expect(view.headers.get('location')).toBeNull()
  })

  it('of an unknown client, or of the machine client, shows no page of sign-in', async () => {
    const { app, visitor } = await open()
    for (const client_id of ['unknown', 'localmachine0001'])
      expect((await visitor.open((await app.start({ client_id })).url)).status).toBe(400)
  })

  it.each(['fragment', 'form_post', 'web_message'])('for an answer as %s is refused', async (response_mode) => {
    const { app, visitor } = await open()
    expect((await visitor.open((await app.start({ response_mode })).url)).status).toBe(400)
    expect((await visitor.open((await app.start({ response_mode: 'query' })).url)).status).toBe(200)
  })

  it('at the other name of this machine goes on at the issuer’s', async () => {
    const { pool, app } = await open()
    const { url } = await app.start()
    const response = await fetch(url.replace('127.0.0.1', 'localhost'), { redirect: 'manual' })
    expect(response.headers.get('location')).toBe(url)
    expect(pool.issuer).toContain('127.0.0.1')
  })

  it('by strangers, a thousand times, ends no session', async () => {
    const { app, visitor } = await signedIn()
    const { url } = await app.start()
    for (let count = 0; count < 1100; count++) await (await fetch(url, { redirect: 'manual' })).arrayBuffer()
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toMatch(/code=/)
  })

  it('with a query of more than 8 KB is refused', async () => {
    const { app, visitor } = await open()
    const { url } = await app.start({ state: 'x'.repeat(9000) })
    expect((await visitor.open(url)).status).toBe(414)
  })
})
