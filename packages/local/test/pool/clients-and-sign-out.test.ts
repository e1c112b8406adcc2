/** User information, the machine client, and the sign-out of the local user pool. */
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { redirectUri } from './kit/app.ts'
import { basic, bearer, post, signInAs, useOAuth } from './kit/oauth.ts'

const { open, signedIn } = useOAuth()

describe('user information', () => {
  it.each([
    ['no token', ''],
    ['no JWT', 'x.y.z'],
  ])('is refused with %s', async (_name, token) => {
    const { pool } = await open()
    const response = await fetch(`${pool.issuer}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } })
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
  })

  it('is refused with an ID token', async () => {
    const { pool, tokens } = await signedIn()
    const headers = { authorization: `Bearer ${tokens.id_token}` }
    expect((await fetch(`${pool.issuer}/oauth2/userInfo`, { headers })).status).toBe(401)
  })
})

describe('user information without openid', () => {
  it.each([
    ['notes/read', 401],
    ['openid notes/read', 200],
  ])('for the scopes %j is answered by %i', async (scope, status) => {
    const { pool, app, visitor } = await open()
    const started = await app.start({ scope })
    const view = await signInAs(visitor, started.url)
    const body = {
      grant_type: 'authorization_code',
      client_id: 'localclient0001',
      redirect_uri: redirectUri,
      code: new URL(view.url).searchParams.get('code') ?? '',
      code_verifier: started.verifier,
    }
    const tokens = (await post(pool, '/oauth2/token', body)).body
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    expect((await fetch(`${pool.issuer}/oauth2/userInfo`, { headers })).status).toBe(status)
  })
})

describe('the machine client', () => {
  const fields = { grant_type: 'client_credentials' }

  it('gets a token of its own, which identity accepts as a service', async () => {
    const { pool } = await open()
    const { status, body } = await post(pool, '/oauth2/token', { ...fields, scope: 'notes/read' }, basic(pool))
    expect([status, body.refresh_token]).toEqual([200, undefined])
    expect(decodeJwt(body.access_token)).toMatchObject({
      sub: 'localmachine0001',
      client_id: 'localmachine0001',
      scope: 'notes/read',
    })
    expect(Object.keys(decodeJwt(body.access_token))).not.toContain('username')
    expect(await pool.identity.authenticate(bearer(body.access_token))).toMatchObject({
      kind: 'service',
      scopes: new Set(['notes:read']),
    })
  })

  it.each(['', 'resource'])('gets all scopes of its own when it requests none, also with %j', async (name) => {
    const { pool } = await open()
    const more: Record<string, string> = name === 'resource' ? { resource: `${pool.url}/graphql` } : { scope: '' }
    const { status, body } = await post(pool, '/oauth2/token', { ...fields, ...more }, basic(pool))
    expect([status, decodeJwt(body.access_token).scope]).toEqual([200, 'notes/read'])
    expect(await pool.identity.authenticate(bearer(body.access_token))).toMatchObject({
      kind: 'service',
      scopes: new Set(['notes:read']),
    })
  })

  it('gets no scope beyond its own, and nothing with a wrong secret or none', async () => {
    const { pool } = await open()
    expect((await post(pool, '/oauth2/token', { ...fields, scope: 'notes/write' }, basic(pool))).body.error).toBe(
      'invalid_scope',
    )
    expect((await post(pool, '/oauth2/token', fields, basic(pool, 'x'))).status).toBe(401)
    expect((await post(pool, '/oauth2/token', { ...fields, client_id: 'localmachine0001' })).status).toBe(401)
    expect((await post(pool, '/oauth2/token', { ...fields, client_id: 'localclient0001' })).status).toBe(400)
  })
})

describe('a sign-out', () => {
  it.each(['http://localhost:3000/', 'http://localhost:5173', 'http://127.0.0.1:4000/'])(
    'ends the session and goes to %s',
    async (uri) => {
      const { pool, app, visitor } = await signedIn()
      const view = await visitor.open(
        `${pool.issuer}/logout?client_id=localclient0001&logout_uri=${encodeURIComponent(uri)}`,
      )
      expect(view.url).toBe(new URL(uri).href)
      expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toMatch(/error=login_required/)
    },
  )

  it('at the other name of this machine ends the session too', async () => {
    const { pool, app, visitor } = await signedIn()
    const query = `client_id=localclient0001&logout_uri=${encodeURIComponent('http://localhost:5173/')}`
    const other = `${pool.issuer.replace('127.0.0.1', 'localhost')}/logout?${query}`
    const { status, headers } = await fetch(other, { redirect: 'manual' })
    expect([status, headers.get('location')]).toEqual([303, `${pool.issuer}/logout?${query}`])
    expect((await visitor.open(headers.get('location') ?? '')).url).toBe('http://localhost:5173/')
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toMatch(/error=login_required/)
  })

  it('goes on to a new sign-in', async () => {
    const { pool, app, visitor } = await signedIn()
    const { search } = new URL((await app.start()).url)
    expect((await visitor.open(`${pool.issuer}/logout${search}`)).html).toContain('name="password"')
  })

  it.each([
    'https://evil.example/',
    'http://localhost:3000/x',
    'http://localhost:3000/?x',
    'http://localhost.evil.example/',
    'http://localhost:3000@evil.example/',
    '//evil.example/',
    'javascript:alert(1)',
    'http://localhost:99999/',
    'http://localhost:00080/',
    '',
  ])('never goes to %j, and the session lives on', async (uri) => {
    const { pool, app, visitor } = await signedIn()
    const view = await visitor.open(
      `${pool.issuer}/logout?client_id=localclient0001&logout_uri=${encodeURIComponent(uri)}`,
    )
    expect([view.status, new URL(view.url).origin]).toEqual([400, pool.url])
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toMatch(/code=/)
  })
})
