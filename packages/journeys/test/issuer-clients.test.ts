/** Each grant of our own issuer by two libraries of other authors' making, unpatched: openid-client, oauth4webapi. */
import { addClient } from '@fieldnotes/issuer/stored-clients'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { beforeAll, describe, expect, it } from 'vitest'
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
  /** Code of the refusal of a scope beyond the client. */
  readonly refused: () => Promise<string | undefined>
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
  refused: async () => {
    const robot = await config('robot', openid.ClientSecretBasic(issuer().secretOf('robot')))
    const grant = openid.clientCredentialsGrant(robot, { scope: 'notes:write' })
    return grant.then(
      () => undefined,
      (error) => error.error,
    )
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
  refused: () => {
    const auth = oauth.ClientSecretBasic(issuer().secretOf('robot'))
    return credentials('robot', auth, { scope: 'notes:write' }).then(
      () => undefined,
      (error) => error.error,
    )
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

  it('reads the code of a refusal', async () => {
    expect(await library.refused()).toBe('invalid_scope')
  })
})

it('openid-client discovers it by OpenID Connect as well', async () => {
  const url = new URL(issuer().issuer)
  const found = await openid.discovery(url, 'robot', undefined, undefined, { execute: [openid.allowInsecureRequests] })
  expect(found.serverMetadata().token_endpoint).toBe(`${issuer().issuer}/token`)
})
