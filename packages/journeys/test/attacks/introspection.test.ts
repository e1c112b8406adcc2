/** Introspection, revocation and userinfo of opaque tokens: each attack beside the legitimate request. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { listConnectedApps } from '@fieldnotes/table/connected-apps'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { beforeAll, describe, expect, it } from 'vitest'
import { loginOf } from '../support/command-line.ts'
import { appAt, outcome } from '../support/linked-app.ts'
import { linkedApps } from '../support/linked-apps.ts'
import { basic, ephemeralIssuer } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { add, app, appOf } = linkedApps(issuer)
const inactive = { active: false }
const [bob, carol] = [loginOf('bob'), loginOf('carol')]

interface Claims {
  readonly sub: string
  readonly auth_time: number
  readonly login_id: string
}

beforeAll(add)

function introspectAs(client: string, token: string) {
  return issuer().post({ token }, { authorization: basic(client, issuer().secretOf(client)) }, '/introspect')
}

describe('introspection', () => {
  it.each(['assistant', 'skill', 'open'] as const)('answers %s about its own access token', async (name) => {
    const { access_token } = await app(name).linked()
    const { status, headers, body } = await app(name).introspect(access_token)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body).toEqual({
      ...{ active: true, iss: issuer().issuer, sub: expect.stringMatching(/^[\w-]{27}$/), client_id: name },
      ...{ aud: issuer().targets.graphql, scope: 'notes:read', token_type: 'Bearer' },
      ...{ iat: expect.any(Number), exp: expect.any(Number), auth_time: expect.any(Number) },
      login_id: expect.any(String),
    })
    expect(JSON.stringify(body)).not.toContain(access_token)
  })

  it('answers our services about the tokens that they receive, and about no other', async () => {
    const { access_token, refresh_token } = await app('assistant').linked()
    for (const service of ['portal', 'fieldnotes-api'])
      expect((await introspectAs(service, access_token)).body).toMatchObject({ active: true, client_id: 'assistant' })
    // It receives tokens for the exporter.
    expect((await introspectAs('exporter', access_token)).body).toEqual(inactive)
    expect((await introspectAs('portal', refresh_token)).body).toEqual(inactive)
    expect((await app('assistant').introspect(refresh_token)).body).toMatchObject({ active: true })
  })

  it('says nothing to any other client', async () => {
    const { access_token } = await app('assistant').linked()
    const strangers = [
      app('skill').introspect(access_token),
      app('open').introspect(access_token),
      introspectAs('robot', access_token),
    ]
    for (const { status, body } of await Promise.all(strangers)) expect([status, body]).toEqual([200, inactive])
    const wrong = appAt(issuer, () => ({ ...appOf('assistant'), secret: 'wrong' }))
    expect(outcome(await wrong.introspect(access_token))).toEqual([401, 'invalid_client'])
    expect(outcome(await issuer().post({ token: access_token }, {}, '/introspect'))).toEqual([400, 'invalid_request'])
    expect((await app('assistant').introspect(access_token)).body.active).toBe(true)
  })

  it('knows no JWT, no code, and no other text', async () => {
    const { access_token } = await app('assistant').linked()
    const { code } = await app('assistant').newCode()
    const jwt = await issuer().subject('fieldnotes', { claims: { client_id: 'assistant' } })
    for (const token of [jwt, code, 'x'.repeat(43), access_token.toUpperCase(), ` ${access_token}`, 'é', '__proto__'])
      expect(await app('assistant').introspect(token)).toMatchObject({ status: 200, body: inactive })
    expect(outcome(await app('assistant').introspect(''))).toEqual([400, 'invalid_request'])
  })

  /** What an operator or the person revokes, by the claims of a token. */
  const ends: readonly (readonly [what: string, of: (claims: Claims) => Revocation])[] = [
    ['the person', ({ sub, auth_time: at }) => ({ kind: 'person', personId: sub, at })],
    ['the app of the person', ({ sub, auth_time: at }) => ({ kind: 'app', personId: sub, clientId: 'strict', at })],
    ['the grant', ({ login_id: loginId }) => ({ kind: 'login', loginId })],
    ['the app', ({ auth_time: at }) => ({ kind: 'client', issuer: 'fieldnotes', clientId: 'strict', at })],
  ]

  it.each(ends)('calls a token inactive once %s has ended', async (_what, of) => {
    const { linked, introspect, refresh } = app('strict')
    const hers = await app('assistant').linked()
    const { access_token, refresh_token } = await linked({}, { login: bob })
    const { body } = await introspect(access_token)
    expect(body.active).toBe(true)
    await writeRevocation(issuer().table, of(body), Date.now())
    for (const token of [access_token, refresh_token]) expect((await introspect(token)).body).toEqual(inactive)
    expect((await app('assistant').introspect(hers.access_token)).body.active).toBe(true)
    expect(outcome(await refresh(refresh_token))).toEqual([400, 'invalid_grant'])
  })
})

describe('a revocation by a client (RFC 7009)', () => {
  it.each(['assistant', 'skill', 'open'] as const)('of an access token of %s ends its grant', async (name) => {
    const { linked, introspect, refresh, revoke } = app(name)
    const [ended, other] = [await linked(), await linked()]
    expect(await revoke(ended.access_token)).toMatchObject({ status: 200, body: '' })
    for (const token of [ended.access_token, ended.refresh_token])
      expect((await introspect(token)).body).toEqual(inactive)
    expect(outcome(await refresh(ended.refresh_token))).toEqual([400, 'invalid_grant'])
    expect((await introspect(other.access_token)).body.active).toBe(true)
  })

  it('of a refresh token ends its access tokens, also by the wrong hint', async () => {
    for (const token_type_hint of ['refresh_token', 'access_token', 'x', undefined]) {
      const { access_token, refresh_token } = await app('skill').linked()
      expect((await app('skill').revoke(refresh_token, { token_type_hint })).status).toBe(200)
      expect((await app('skill').introspect(access_token)).body).toEqual(inactive)
    }
  })

  it('of a token of another client is 200, and without effect', async () => {
    const { access_token, refresh_token } = await app('assistant').linked()
    for (const token of [access_token, refresh_token, 'x'.repeat(43)]) {
      expect((await app('skill').revoke(token)).status).toBe(200)
      expect((await issuer().revoke('portal', token)).status).toBe(200)
    }
    expect((await app('assistant').introspect(access_token)).body.active).toBe(true)
    expect((await app('assistant').refresh(refresh_token)).status).toBe(200)
  })

  it('removes the app from the person’s list with its last grant', async () => {
    const { linked, introspect, refresh, revoke } = app('open')
    const [one, other] = [await linked({}, { login: carol }), await linked({}, { login: carol })]
    const { sub } = (await introspect(one.access_token)).body
    const listed = async () =>
      (await listConnectedApps(issuer().table, sub, Date.now())).map(({ clientId }) => clientId)
    expect(await listed()).toEqual(['open'])
    await refresh(one.refresh_token)
    await revoke(one.access_token)
    expect(await listed()).toEqual(['open'])
    await revoke(other.refresh_token)
    expect(await listed()).toEqual([])
  })
})

describe('documents', () => {
  it.each(['/oauth/jwks', '/oauth/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/oauth'])(
    '%s answers a HEAD as its GET, without a body',
    async (path) => {
      const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => fetch(cloud.url + path, { method })))
      const named = ['content-type', 'content-length', 'cache-control'] as const
      expect([head?.status, await head?.text()]).toEqual([200, ''])
      expect(named.map((name) => head?.headers.get(name))).toEqual(named.map((name) => get?.headers.get(name)))
    },
  )

  it('name the endpoints, and how clients authenticate there', async () => {
    const metadata = await (await fetch(`${issuer().issuer}/.well-known/openid-configuration`)).json()
    const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']
    expect(metadata).toMatchObject({
      introspection_endpoint: `${issuer().issuer}/introspect`,
      introspection_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_methods_supported: methods,
      userinfo_endpoint: `${issuer().issuer}/userinfo`,
    })
    for (const method of ['HEAD', 'GET'])
      expect((await fetch(metadata.introspection_endpoint, { method })).status).toBe(405)
  })
})

describe('userinfo', () => {
  function userInfo(authorization: string | undefined, method = 'GET'): Promise<Response> {
    const headers = authorization === undefined ? {} : { authorization }
    return fetch(`${issuer().issuer}/userinfo`, { method, headers })
  }

  it.each(['GET', 'POST'])(
    'answers a %s with the person, and with the name where the token may read it',
    async (method) => {
      const { access_token } = await app('skill').linked()
      const response = await userInfo(`Bearer ${access_token}`, method)
      const { sub } = (await app('skill').introspect(access_token)).body
      expect([response.status, response.headers.get('cache-control'), await response.json()]).toEqual([
        ...[200, 'no-store', { sub, name: 'Alice' }],
      ])
      const writing = await app('skill').linked({ scope: 'notes:write' })
      expect(await (await userInfo(`Bearer ${writing.access_token}`, method)).json()).toEqual({ sub })
    },
  )

  it('answers an own client’s token with the person alone', async () => {
    const token = await issuer().subject('fieldnotes')
    expect(Object.keys(await (await userInfo(`Bearer ${token}`)).json())).toEqual(['sub'])
  })

  const refused: readonly (readonly [what: string, of: () => Promise<string> | string | undefined, status: number])[] =
    [
      ['no token', () => undefined, 401],
      ['an unknown token', () => `Bearer ${'x'.repeat(43)}`, 401],
      ['a secret', () => basic('skill', issuer().secretOf('skill')), 401],
      ['a token of the user pool', async () => `Bearer ${await issuer().subject('cognito')}`, 401],
      [
        'a program’s token',
        async () => `Bearer ${(await issuer().as('robot', { grant_type: 'client_credentials' })).body.access_token}`,
        403,
      ],
      ['a refresh token', async () => `Bearer ${(await app('skill').linked()).refresh_token}`, 401],
      ['two tokens', async () => `Bearer ${(await app('skill').linked()).access_token}, Bearer x`, 401],
    ]
  it.each(refused)('refuses %s with a challenge', async (_what, authorization, status) => {
    const response = await userInfo(await authorization())
    expect([response.status, response.headers.get('www-authenticate'), await response.json()]).toEqual([
      ...[status, expect.stringMatching(/^Bearer /), { error: expect.any(String) }],
    ])
  })

  it('refuses a token in the query', async () => {
    const { access_token } = await app('skill').linked()
    expect((await fetch(`${issuer().issuer}/userinfo?access_token=${access_token}`)).status).toBe(401)
  })
})
