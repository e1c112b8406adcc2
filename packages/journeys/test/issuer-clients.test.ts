/** Each grant of our own issuer by two libraries of other authors' making, unpatched: openid-client, oauth4webapi. */
import { addClient } from '@fieldnotes/issuer/stored-clients'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { agreedAt, redirect_uri } from './support/command-line.ts'
import { ask } from './support/graphql-client.ts'
import { accessToken, claimsOf, ephemeralIssuer, exchange, machineRow } from './support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
let key: CryptoKey

beforeAll(async () => {
  const pair = await oauth.generateKeyPair('ES256', { extractable: true })
  key = pair.privateKey
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const credentials = { jwks: { keys: [{ kty, crv, x, y }] } }
  await addClient(issuer().table, { id: 'partner', row: machineRow('private_key_jwt', 60), credentials }, Date.now())
})

async function exchanged(): Promise<Record<string, string>> {
  const subject_token = await issuer().subject('cognito')
  return { subject_token, subject_token_type: accessToken, resource: issuer().targets.exporter, scope: 'notes:read' }
}

function graphql() {
  return { resource: issuer().targets.graphql, scope: 'notes:read' }
}

/** A library: what it does with one client. */
interface Library {
  readonly machine: () => Promise<string>
  readonly assertion: () => Promise<string>
  readonly exchange: () => Promise<string>
  readonly bound: () => Promise<string>
  /** Gets a program's token that is bound to a key, and sends it to the endpoint with proofs: type and two statuses. */
  readonly proven: () => Promise<readonly (string | number)[]>
  /** Signs a person in by code, refreshes, revokes: the last access token, and the code of the refusal afterwards. */
  readonly person: () => Promise<readonly [token: string, ended: string | undefined]>
  /** Code of the refusal of a scope beyond the client. */
  readonly refused: () => Promise<string | undefined>
}

/** The code of a refusal; undefined for an answer. */
function codeOf(answer: Promise<unknown>): Promise<string | undefined> {
  return answer.then(
    () => undefined,
    (error) => error.error,
  )
}

const insecure = { execute: [openid.allowInsecureRequests], algorithm: 'oauth2' as const }

function config(id: string, auth?: openid.ClientAuth) {
  return openid.discovery(new URL(issuer().issuer), id, undefined, auth, insecure)
}

const openidClient: Library = {
  machine: async () => {
    const robot = await config('robot', openid.ClientSecretBasic(issuer().secretOf('robot')))
    return (await openid.clientCredentialsGrant(robot, graphql())).access_token
  },
  assertion: async () =>
    (await openid.clientCredentialsGrant(await config('partner', openid.PrivateKeyJwt(key)), graphql())).access_token,
  exchange: async () => {
    const portal = await config('portal', openid.ClientSecretBasic(issuer().secretOf('portal')))
    return (await openid.genericGrantRequest(portal, exchange, await exchanged())).access_token
  },
  bound: async () => {
    const portal = await config('portal', openid.ClientSecretBasic(issuer().secretOf('portal')))
    const DPoP = openid.getDPoPHandle(portal, await openid.randomDPoPKeyPair())
    return (await openid.genericGrantRequest(portal, exchange, await exchanged(), { DPoP })).access_token
  },
  proven: async () => {
    const robot = await config('robot', openid.ClientSecretBasic(issuer().secretOf('robot')))
    const DPoP = openid.getDPoPHandle(robot, await openid.randomDPoPKeyPair())
    const { access_token, token_type } = await openid.clientCredentialsGrant(robot, graphql(), { DPoP })
    const url = new URL(`${issuer().targets.graphql}?query=%7B__typename%7D`)
    const get = () => openid.fetchProtectedResource(robot, access_token, url, 'GET', null, undefined, { DPoP })
    return [token_type, (await get()).status, (await get()).status]
  },
  person: async () => {
    const terminal = await config('terminal', openid.None())
    const [pkceCodeVerifier, expectedState] = [openid.randomPKCECodeVerifier(), openid.randomState()]
    const code_challenge = await openid.calculatePKCECodeChallenge(pkceCodeVerifier)
    const pkce = { code_challenge, code_challenge_method: 'S256', state: expectedState }
    const { href } = openid.buildAuthorizationUrl(terminal, { redirect_uri, scope: 'notes:read', ...pkce })
    const back = new URL(await agreedAt(cloud, href))
    const first = await openid.authorizationCodeGrant(terminal, back, { pkceCodeVerifier, expectedState })
    const { access_token, refresh_token = '' } = await openid.refreshTokenGrant(terminal, String(first.refresh_token))
    await openid.tokenRevocation(terminal, refresh_token, { token_type_hint: 'refresh_token' })
    return [access_token, await codeOf(openid.refreshTokenGrant(terminal, refresh_token))]
  },
  refused: async () => {
    const robot = await config('robot', openid.ClientSecretBasic(issuer().secretOf('robot')))
    return codeOf(openid.clientCredentialsGrant(robot, { scope: 'notes:write' }))
  },
}

const options = { [oauth.allowInsecureRequests]: true }

async function server(): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer().issuer)
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...options }))
}

async function generic(more: { DPoP?: oauth.DPoPHandle } = {}): Promise<string> {
  const [as, client] = [await server(), { client_id: 'portal' }]
  const auth = oauth.ClientSecretBasic(issuer().secretOf('portal'))
  const parameters = new URLSearchParams(await exchanged())
  const response = await oauth.genericTokenEndpointRequest(as, client, auth, exchange, parameters, {
    ...options,
    ...more,
  })
  return (await oauth.processGenericTokenEndpointResponse(as, client, response)).access_token
}

async function credentials(id: string, auth: oauth.ClientAuth, parameters: Record<string, string>): Promise<string> {
  const [as, client] = [await server(), { client_id: id }]
  const response = await oauth.clientCredentialsGrantRequest(as, client, auth, new URLSearchParams(parameters), options)
  return (await oauth.processClientCredentialsResponse(as, client, response)).access_token
}

const oauth4webapi: Library = {
  machine: () => credentials('robot', oauth.ClientSecretBasic(issuer().secretOf('robot')), graphql()),
  assertion: () => credentials('partner', oauth.PrivateKeyJwt(key), graphql()),
  exchange: () => generic(),
  bound: async () => generic({ DPoP: oauth.DPoP({}, await oauth.generateKeyPair('ES256')) }),
  proven: async () => {
    const [as, client] = [await server(), { client_id: 'robot' }]
    const DPoP = oauth.DPoP({}, await oauth.generateKeyPair('ES256'))
    const auth = oauth.ClientSecretBasic(issuer().secretOf('robot'))
    const given = { DPoP, ...options }
    const answer = await oauth.clientCredentialsGrantRequest(as, client, auth, new URLSearchParams(graphql()), given)
    const { access_token, token_type } = await oauth.processClientCredentialsResponse(as, client, answer)
    const [url, json] = [new URL(issuer().targets.graphql), new Headers({ 'content-type': 'application/json' })]
    const body = '{"query":"{ __typename }"}'
    const post = () => oauth.protectedResourceRequest(access_token, 'POST', url, json, body, given)
    return [token_type, (await post()).status, (await post()).status]
  },
  person: async () => {
    const [as, client, auth] = [await server(), { client_id: 'terminal' }, oauth.None()]
    const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()]
    const url = new URL(String(as.authorization_endpoint))
    const code_challenge = await oauth.calculatePKCECodeChallenge(verifier)
    const pkce = { code_challenge, code_challenge_method: 'S256', state }
    const request = { client_id: 'terminal', response_type: 'code', redirect_uri, scope: 'notes:read', ...pkce }
    url.search = new URLSearchParams(request).toString()
    const back = oauth.validateAuthResponse(as, client, new URL(await agreedAt(cloud, url.href)), state)
    const grant = await oauth.authorizationCodeGrantRequest(as, client, auth, back, redirect_uri, verifier, options)
    const first = await oauth.processAuthorizationCodeResponse(as, client, grant)
    const refresh = async (token: string) =>
      oauth.processRefreshTokenResponse(
        as,
        client,
        await oauth.refreshTokenGrantRequest(as, client, auth, token, options),
      )
    const { access_token, refresh_token = '' } = await refresh(String(first.refresh_token))
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, refresh_token, options))
    return [access_token, await codeOf(refresh(refresh_token))]
  },
  refused: () => {
    const auth = oauth.ClientSecretBasic(issuer().secretOf('robot'))
    return codeOf(credentials('robot', auth, { scope: 'notes:write' }))
  },
}

describe.each([
  ['openid-client', openidClient],
  ['oauth4webapi', oauth4webapi],
])('%s', (_name, library) => {
  it.each([
    ['a secret', 'machine', 'robot'],
    ['an assertion of its key', 'assertion', 'partner'],
  ] as const)('gets a token for a program with %s, which the endpoint accepts', async (_how, grant, sub) => {
    const token = await library[grant]()
    expect(claimsOf(token)).toMatchObject({ sub, aud: issuer().targets.graphql, scope: 'notes:read' })
    expect((await ask(cloud.url, { token, query: '{ __typename }' })).status).toBe(200)
  })

  it('exchanges a person’s token', async () => {
    const { aud, act, scope } = claimsOf(await library.exchange())
    expect([aud, act, scope]).toEqual([issuer().targets.exporter, { sub: 'portal' }, 'notes:read'])
  })

  it('binds an exchanged token to its key', async () => {
    expect(claimsOf(await library.bound()).cnf).toEqual({ jkt: expect.stringMatching(/^[\w-]{43}$/) })
  })

  it('sends a token that is bound to its key to the endpoint, with a new proof each time', async () => {
    expect(await library.proven()).toEqual(['dpop', 200, 200])
  })

  it('signs a person in by code, refreshes and revokes', async () => {
    const [token, ended] = await library.person()
    expect([claimsOf(token).client_id, ended]).toEqual(['terminal', 'invalid_grant'])
    expect((await ask(cloud.url, { token, query: '{ me { id } }' })).codes).toEqual({})
  })

  it('reads the code of a refusal', async () => {
    expect(await library.refused()).toBe('invalid_scope')
  })
})

it('openid-client discovers it by OpenID Connect as well', async () => {
  const url = new URL(issuer().issuer)
  const found = await openid.discovery(url, 'robot', undefined, undefined, { execute: [openid.allowInsecureRequests] })
  expect(found.serverMetadata().token_endpoint).toBe(`${issuer().issuer}/token`)
})
