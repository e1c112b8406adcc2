/** Apps of third parties at our own issuer, in each profile: each attack beside the request that works. */
import { createHash } from 'node:crypto'
import { modelKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { beforeAll, describe, expect, it } from 'vitest'
import { parametersOf } from '../support/command-line.ts'
import { appAt } from '../support/linked-app.ts'
import { linkedApps } from '../support/linked-apps.ts'
import { otherSpellings } from '../support/other-spellings.ts'
import { accessToken, basic, ephemeralIssuer, exchange, outcome } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { add, appOf, app } = linkedApps(issuer)

beforeAll(add)

/** The item of an access token. */
function stored(token: string) {
  return issuer().table.get(modelKey('AccessToken', digestOf(token)))
}

/** Where an authorization request leads before any sign-in: status, and the error in the query of the app's address. */
async function refusal(url: string) {
  const response = await fetch(cloud.url + url, { redirect: 'manual' })
  const location = response.headers.get('location')
  return [response.status, location && parametersOf({ url: new URL(location, cloud.url).href }).error]
}

const s256 = { code_challenge_method: 'S256', code_challenge: createHash('sha256').update('v').digest('base64url') }

describe.each(['assistant', 'skill', 'open'] as const)('%s', (name) => {
  const { ask, linked, newCode, redeem, refresh, post } = app(name)

  it('gets opaque tokens, which are stored as claims for the endpoint', async () => {
    const { code, code_verifier } = await newCode()
    const { body, status, headers } = await redeem(code, { code_verifier })
    expect([status, headers.get('cache-control'), body]).toEqual([
      ...[200, 'no-store'],
      {
        ...{ access_token: expect.stringMatching(/^[\w-]{43}$/), refresh_token: expect.stringMatching(/^[\w-]{43}$/) },
        ...{ token_type: 'Bearer', expires_in: 300, scope: 'notes:read' },
      },
    ])
    const claims = (await stored(body.access_token))?.claims
    expect(claims).toEqual({
      ...{ iss: issuer().issuer, sub: expect.stringMatching(/^[\w-]{27}$/), client_id: name, scope: 'notes:read' },
      ...{ aud: issuer().targets.graphql, iat: expect.any(Number), exp: expect.any(Number) },
      ...{ auth_time: expect.any(Number), login_id: expect.stringMatching(/^[\w-]{43}$/) },
      jti: digestOf(body.access_token),
    })
  })

  it('refreshes for another token, and reads the code of a refusal', async () => {
    const { access_token, refresh_token } = await linked({ scope: 'notes:read notes:write' })
    const { status, body } = await refresh(refresh_token, { scope: 'notes:read' })
    expect([status, body.scope, body.expires_in]).toEqual([200, 'notes:read', 300])
    expect(body.access_token).not.toBe(access_token)
    const next = body.refresh_token
    expect(next === refresh_token).toBe(appOf(name).sends !== 'nothing')
    expect(outcome(await refresh(next, { scope: 'notes:read notes:share' }))).toEqual([400, 'invalid_scope'])
    expect(outcome(await refresh(next, { resource: 'https://evil.example/' }))).toEqual([400, 'invalid_target'])
    expect(outcome(await refresh('x'.repeat(43)))).toEqual([400, 'invalid_grant'])
    expect(outcome(await refresh(access_token))).toEqual([400, 'invalid_grant'])
    expect((await refresh(next, { resource: issuer().targets.graphql })).status).toBe(200)
  })

  it.each(otherSpellings)('sends no code to an address with %s', async (_what, change) => {
    const redirect_uri = change(new URL(appOf(name).redirectUri))
    expect(await refusal(ask({ redirect_uri }).url)).toEqual([400, null])
  })

  it.each([
    ['a plain challenge', { ...s256, code_challenge_method: 'plain' }, 'invalid_request'],
    [
      'a challenge without its method',
      { code_challenge: s256.code_challenge, code_challenge_method: undefined },
      'invalid_request',
    ],
    ['a scope beyond its row', { scope: 'notes:read notes:audit' }, 'invalid_scope'],
    ['a scope that the library drops', { scope: 'notes:read offline_access' }, 'invalid_scope'],
    ['another target', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['the target of our services', { resource: 'exporter' }, 'invalid_target'],
    ['a token as response', { response_type: 'token' }, 'unsupported_response_type'],
    ['no interaction', { prompt: 'none' }, 'login_required'],
    ['a request object', { request: 'a.b.c' }, 'request_not_supported'],
  ])('returns with the code of a request for %s', async (_what, change, error) => {
    const resource = 'resource' in change && change.resource === 'exporter' ? issuer().targets.exporter : undefined
    expect(await refusal(ask({ ...change, ...(resource && { resource }) }).url)).toEqual([303, error])
  })

  it('redeems a code whose request had a challenge with its verifier alone', async () => {
    const { code, code_verifier } = await newCode({}, { pkce: true })
    for (const wrong of [undefined, 'x'.repeat(43)])
      expect(outcome(await redeem(code, { code_verifier: wrong }))).toEqual([400, 'invalid_grant'])
    expect((await redeem(code, { code_verifier })).status).toBe(200)
  })

  it('redeems a code once, and its second use ends what the first one gave', async () => {
    const { code, code_verifier } = await newCode()
    const first = await redeem(code, { code_verifier })
    const other = await linked()
    expect(outcome(await redeem(code, { code_verifier }))).toEqual([400, 'invalid_grant'])
    expect(outcome(await refresh(first.body.refresh_token))).toEqual([400, 'invalid_grant'])
    expect(await stored(first.body.access_token)).toBeUndefined()
    expect((await refresh(other.refresh_token)).status).toBe(200)
  })

  it('redeems no code of another app, and refreshes with no token of another', async () => {
    const other = app(name === 'assistant' ? 'skill' : 'assistant')
    const { code } = await other.newCode()
    const { refresh_token } = await other.linked()
    expect(outcome(await redeem(code))).toEqual([400, 'invalid_grant'])
    expect(outcome(await refresh(refresh_token))).toEqual([400, 'invalid_grant'])
    expect([(await other.redeem(code)).status, (await other.refresh(refresh_token)).status]).toEqual([200, 200])
  })

  it('has no other grant, and its tokens are no subject of an exchange', async () => {
    const { access_token } = await linked()
    const subject = { subject_token: access_token, subject_token_type: accessToken }
    for (const grant_type of ['client_credentials', exchange])
      expect(outcome(await post({ grant_type, ...subject, resource: issuer().targets.graphql }))).toEqual([
        ...[400, 'unauthorized_client'],
      ])
    const onward = { grant_type: exchange, ...subject, resource: issuer().targets.exporter }
    expect(outcome(await issuer().as('portal', onward))).toEqual([400, 'invalid_request'])
  })
})

describe('without PKCE', () => {
  it.each([
    ['open', [303, 'invalid_request']],
    ['kept', [303, 'invalid_request']],
    ['strict', [303, 'invalid_request']],
    ['assistant', [303, undefined]],
    ['skill', [303, undefined]],
  ] as const)('a request of %s goes on only where its vendor sends none', async (name, expected) => {
    const none = { code_challenge: undefined, code_challenge_method: undefined }
    expect(await refusal(app(name).ask(none).url)).toEqual(expected)
  })

  it.each(['kept', 'strict'] as const)('%s, which sends it, is linked and keeps its refresh token', async (name) => {
    const { refresh_token } = await app(name).linked()
    const { status, body } = await app(name).refresh(refresh_token)
    expect([status, body.refresh_token]).toEqual([200, refresh_token])
  })

  it('no code is redeemed with a verifier: it may be another browser’s', async () => {
    const { code } = await app('assistant').newCode()
    const { redeem } = app('assistant')
    expect(outcome(await redeem(code, { code_verifier: 'x'.repeat(43) }))).toEqual([400, 'invalid_grant'])
    expect((await redeem(code)).status).toBe(200)
  })
})

describe('a secret', () => {
  it.each([
    ['in the body of an app that sends it in the header', 'skill', 'post'],
    ['in the header of an app that sends it in the body', 'assistant', 'basic'],
    ['of a public app', 'open', 'post'],
  ] as const)('%s is refused', async (_what, name, sends) => {
    const { refresh_token } = await app(name).linked()
    const wrong = appAt(issuer, () => ({ ...appOf(name), sends }))
    expect(outcome(await wrong.refresh(refresh_token))).toEqual([401, 'invalid_client'])
    expect((await app(name).refresh(refresh_token)).status).toBe(200)
  })

  it.each(['skill', 'assistant'] as const)(
    'of %s at both places, wrong, of another app, or missing is refused',
    async (name) => {
      const { refresh_token } = await app(name).linked()
      const { id, secret } = appOf(name)
      const parameters = { grant_type: 'refresh_token', refresh_token, client_id: id }
      const both = await issuer().post({ ...parameters, client_secret: secret }, { authorization: basic(id, secret) })
      expect(outcome(both)).toEqual([400, 'invalid_request'])
      for (const given of ['wrong', appOf(name === 'skill' ? 'assistant' : 'skill').secret]) {
        const other = appAt(issuer, () => ({ ...appOf(name), secret: given }))
        expect(outcome(await other.refresh(refresh_token))).toEqual([401, 'invalid_client'])
      }
      expect(outcome(await issuer().post(parameters))).toEqual([401, 'invalid_client'])
      expect((await app(name).refresh(refresh_token)).status).toBe(200)
    },
  )
})

describe('a refresh token', () => {
  it('of a public app that is used twice ends its grant, and no other', async () => {
    const { linked, refresh } = app('open')
    const [first, other] = [await linked(), await linked()]
    const second = (await refresh(first.refresh_token)).body
    expect(outcome(await refresh(first.refresh_token))).toEqual([400, 'invalid_grant'])
    expect(outcome(await refresh(second.refresh_token))).toEqual([400, 'invalid_grant'])
    expect(await stored(second.access_token)).toBeUndefined()
    expect((await refresh(other.refresh_token)).status).toBe(200)
  })
})

it('several addresses of one app each receive their codes', async () => {
  for (const redirect_uri of issuer().redirectUrisOf('skill')) {
    const { code } = await app('skill').newCode({ redirect_uri })
    expect((await app('skill').redeem(code, { redirect_uri })).status).toBe(200)
    const { code: other } = await app('skill').newCode({ redirect_uri })
    const wrong = await app('skill').redeem(other, { redirect_uri: 'https://layla.amazon.com/' })
    expect(outcome(wrong)).toEqual([400, 'invalid_grant'])
  }
  expect(issuer().redirectUrisOf('skill').length).toBeGreaterThan(1)
})
