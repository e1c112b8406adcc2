/** Introspection and revocation of opaque tokens: each attack beside the legitimate request. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { listConnectedApps } from '@fieldnotes/table/connected-apps'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { beforeAll, describe, expect, it } from 'vitest'
import { loginOf } from '../support/command-line.ts'
import { appAt } from '../support/linked-app.ts'
import { linkedApps } from '../support/linked-apps.ts'
import { nextSecond } from '../support/next-second.ts'
import { basic, ephemeralIssuer, outcome } from '../support/own-issuer.ts'

const { issuer } = ephemeralIssuer()
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
    await nextSecond()
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
