/** The deployed issuer under Lambda's runtime client, with a fake of KMS and a local table. */
import { confidentialClientIds } from '@fieldnotes/issuer/client-rows'
import type { KmsRequest } from '@fieldnotes/issuer/test/fake-kms'
import { groupPolicyKey } from '@fieldnotes/table/access-keys'
import { createTable } from '@fieldnotes/table/table'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { issuer as build } from '../src/deployed.ts'
import { silence } from '../src/lambda/far-side.ts'
import { metricsOf } from './find-resources.ts'
import {
  ownIssuer as issuer,
  issuerKms,
  issuerSettings,
  issuerSignIn,
  keyId,
  poolPages,
  secretOf,
  storeRenewal,
} from './issuer-links.ts'
import { expectCounted, linesOf } from './metric-lines.ts'
import { createWorld, event, links, responseOf, type World } from './world.ts'

type Sandbox = Awaited<ReturnType<World['open']>>

const kms = 'kms.eu-west-1.amazonaws.com'
const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
const tokenType = 'urn:ietf:params:oauth:token-type:access_token'

const firebaseProject = 'fieldnotes-1234'

const requests: KmsRequest[] = []
const services = { [kms]: issuerKms(requests) }

const own = {
  Notes: { ...links.Notes, firebaseProject, fieldnotesIssuer: issuer, issuers: '[]' },
  IssuerSettings: issuerSettings(['web']),
  IssuerSignIn: issuerSignIn,
}

let world: World
let sandbox: Sandbox

beforeAll(async () => {
  world = await createWorld(build)
  sandbox = await world.open('issuer', { links: own, services })
})

afterAll(() => world.stop())

/** The event of a token request by a client. */
function request(client: string, body: Readonly<Record<string, string>>, secret = secretOf(client)) {
  const posted = event('/oauth/token', { method: 'POST', body: new URLSearchParams(body).toString() })
  const authorization = `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`
  const form = { 'content-type': 'application/x-www-form-urlencoded', host: 'auth.example.com' }
  return { ...posted, headers: { ...posted.headers, ...form, authorization } }
}

/** Exchanges a person's token for one of the exporter. */
function exchanged(subject: string) {
  const target = { resource: 'https://api.example.com/exporter', scope: 'notes:read' }
  return request('portal', { grant_type: exchange, subject_token: subject, subject_token_type: tokenType, ...target })
}

/** Stores a policy that can't be read. */
async function breakPolicyOf(group: string): Promise<void> {
  const access = createTable({ name: links.Notes.accessTableName, region: 'eu-west-1', endpoint: world.database })
  await access.write({ put: { ...groupPolicyKey(`cognito:${group}`), deny: 1 }, when: [[['absent', 'sk']]] })
}

/** The claims of the token in an answer, verified with the published keys. */
async function claimsOf(body: string) {
  const keys = JSON.parse(responseOf(await sandbox.invoke(event('/oauth/jwks'))).body) as JSONWebKeySet
  const { access_token } = JSON.parse(body)
  return (await jwtVerify(access_token, createLocalJWKSet(keys), { issuer, typ: 'at+jwt' })).payload
}

describe('the issuer under Lambda’s runtime client', () => {
  it.each(['/.well-known/oauth-authorization-server/oauth', '/oauth/.well-known/openid-configuration'])(
    'says at %s where its endpoints are, whatever host the client names',
    async (path) => {
      const sent = event(path)
      const headers = { ...sent.headers, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
      const { statusCode, body } = responseOf(await sandbox.invoke({ ...sent, headers }))
      expect([statusCode, JSON.parse(body)]).toMatchObject([
        200,
        { issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
      ])
      expect(body).not.toContain('evil')
    },
  )

  it('exchanges a person’s token for one of the exporter, signed by KMS', async () => {
    const subject = await world.token('alice', 'notes/read notes/write')
    const { statusCode, body, headers } = responseOf(await sandbox.invoke(exchanged(subject)))
    expect([statusCode, headers['cache-control'], headers.pragma]).toEqual([200, 'no-store', 'no-cache'])
    expect(await claimsOf(body)).toMatchObject({
      aud: 'https://api.example.com/exporter',
      scope: 'notes:read',
      act: { sub: 'portal' },
      auth_time: decodeJwt(subject).auth_time,
    })
    expect(requests.filter(({ target }) => target === 'TrentService.Sign').map(({ body: { KeyId } }) => KeyId)).toEqual(
      [keyId],
    )
  })

  it('gives a program its own token, and refuses a wrong secret and a changed token', async () => {
    const grant = { grant_type: 'client_credentials', scope: 'notes:read' }
    const given = responseOf(await sandbox.invoke(request('robot', grant)))
    expect((await claimsOf(given.body)).client_id).toBe('robot')
    const guessed = responseOf(await sandbox.invoke(request('robot', grant, secretOf('portal'))))
    expect([guessed.statusCode, JSON.parse(guessed.body).error]).toEqual([401, 'invalid_client'])
    const changed = responseOf(await sandbox.invoke(exchanged(`${await world.token('alice')}x`)))
    expect([changed.statusCode, JSON.parse(changed.body).error]).toEqual([400, 'invalid_request'])
  })

  it('renews the token of a skill at its first request', async () => {
    const renewal = await storeRenewal('skill', world.database)
    const cold = await world.open('cold-issuer', { links: own, services })
    const given = responseOf(await cold.invoke(request('skill', renewal)))
    expect([given.statusCode, JSON.parse(given.body)]).toMatchObject([200, { access_token: expect.any(String) }])
    expect(cold.coldStarts).toBe(1)
  })

  /** A request of a browser with these cookies. */
  async function open(path: string, cookies: readonly string[] = []) {
    const [rawPath = '', rawQueryString = ''] = path.split('?')
    const sent = { ...event(rawPath), rawQueryString, cookies: cookies.map((cookie) => cookie.split(';', 1)[0]) }
    return responseOf(await sandbox.invoke(sent))
  }

  it('sends a person to the user pool or to Firebase, and its pages name no other origin', async () => {
    const redirect = encodeURIComponent('http://127.0.0.1:1234/callback')
    const pkce = `code_challenge=${'c'.repeat(43)}&code_challenge_method=S256`
    const query = `client_id=terminal&response_type=code&redirect_uri=${redirect}&scope=notes%3Aread&${pkce}`
    const begun = await open(`/oauth/authorize?${query}`)
    expect([begun.statusCode, begun.headers.location]).toEqual([303, '/oauth/sign-in'])
    expect(begun.cookies?.join()).toMatch(/__Host-oauth=[^;]+; path=\/; expires=[^;]+; samesite=lax; secure; httponly/)
    const away = await open('/oauth/sign-in', begun.cookies)
    const at = new URL(away.headers.location ?? '')
    expect([away.statusCode, at.origin + at.pathname]).toEqual([303, `${poolPages}/oauth2/authorize`])
    expect(Object.fromEntries(at.searchParams)).toMatchObject({
      ...{ client_id: 'sign-ins', redirect_uri: `${issuer}/callback`, code_challenge_method: 'S256' },
      ...{ response_type: 'code', scope: issuerSignIn.scope },
    })
    const choice = await open('/oauth/sign-in?again', begun.cookies)
    expect(choice.body).toContain('href="/oauth/sign-in/firebase"')
    const page = await open('/oauth/sign-in/firebase', begun.cookies)
    expect(page.headers['content-security-policy']).toContain('connect-src https://identitytoolkit.googleapis.com;')
    expect(page.body).toContain(`v1/accounts:signInWithPassword?key=${issuerSignIn.firebaseApiKey}`)
    expect((await open('/oauth/sign-in')).statusCode).toBe(400)
    expect((await open('/oauth/apps')).body).toContain(poolPages)
  })

  it('answers a body of another media type with the types that are copied beside its code', async () => {
    const sent = request('robot', { grant_type: 'client_credentials' })
    const headers = { ...sent.headers, 'content-type': 'application/json' }
    const { statusCode, headers: answered } = responseOf(await sandbox.invoke({ ...sent, headers, body: '{}' }))
    expect([statusCode, answered['content-type']]).toEqual([400, 'application/json; charset=utf-8'])
  })

  it('is 503 within its time when KMS does not answer, and never a refusal; the metrics count what it writes', async () => {
    const cut = await world.open('without-kms', { links: own, services: { [kms]: silence } })
    const { statusCode, body } = responseOf(await cut.invoke(event('/oauth/jwks')))
    expect([statusCode, JSON.parse(body)]).toEqual([503, { error: 'temporarily_unavailable' }])
    expect(cut.coldStarts).toBe(1)
    await vi.waitFor(() => expect(cut.log).toMatch(/"issuer\.failed".*\n/))
    await breakPolicyOf('staff')
    const broken = await world.open('broken-policy', { links: own, services })
    const denied = await broken.invoke(exchanged(await world.token('alice', undefined, ['staff'])))
    expect(JSON.parse(responseOf(denied).body).error).toBe('invalid_scope')
    await vi.waitFor(() => expect(broken.log).toMatch(/"identity\.group_policies_failed".*\n/))
    await vi.waitFor(() => expect(sandbox.log).toMatch(/"invalid_client".*\n/))
    const lines = linesOf(`${sandbox.log}${cut.log}${broken.log}`)
    const filters = metricsOf(inject('production'), '/fieldnotes/production/issuer')
    expect(filters).toHaveLength(3)
    for (const filter of filters) expectCounted(filter, lines)
    for (const id of confidentialClientIds) expect(JSON.stringify(lines)).not.toContain(secretOf(id))
  })

  it.each([
    ['without links', {}, /Notes\.resource is missing[\s\S]*IssuerSettings\.webClientIds/],
    [
      'with an issuer of a laptop',
      { ...own, Notes: { ...own.Notes, fieldnotesIssuer: 'http://127.0.0.1:4000/oauth' } },
      /Notes\.fieldnotesIssuer is not usable/,
    ],
    [
      'with a key that is not at KMS',
      { ...own, IssuerSettings: { ...own.IssuerSettings, keys: [{ keyId: 'fieldnotes', state: 'active' }] } },
      /IssuerSettings\.keys is not a list of keys of KMS/,
    ],
    [
      'with a client of a laptop',
      { ...own, IssuerSignIn: { ...issuerSignIn, clientId: 'localissuer0001' } },
      /IssuerSignIn\.clientId is not usable/,
    ],
    [
      'with sign-in pages of another host',
      { ...own, IssuerSignIn: { ...issuerSignIn, signIn: 'https://pages.example.com' } },
      /IssuerSignIn\.signIn is not usable/,
    ],
    [
      'with short secrets of cookies',
      { ...own, IssuerSignIn: { ...issuerSignIn, cookieSecrets: ['c'] } },
      /cookieSecrets/,
    ],
  ])('does not start %s', async (what, given, words) => {
    const broken = await world.open(what.replaceAll(' ', '-'), { links: given, services })
    expect(await broken.invoke(event('/oauth/jwks'))).toEqual({
      errorType: 'Runtime.InitError',
      errorMessage: expect.stringMatching(words),
    })
  })
})
