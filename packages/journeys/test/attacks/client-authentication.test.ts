/** How clients of our own issuer prove themselves, at the running cloud: each attack beside what works. */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { addClient, disableClient } from '@fieldnotes/issuer/stored-clients'
import { exportJWK, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import { createKeyHolder } from '../support/key-holder.ts'
import {
  basic,
  claimsOf,
  ephemeralIssuer,
  type FormFields,
  machineRow,
  outcome,
  type TokenAnswer,
} from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const [keys, others] = [pair(), pair()]

/** A machine of a third party, with a key. */
async function partner(id: string) {
  const jwk = await exportJWK(keys.publicKey)
  const row = machineRow('private_key_jwt', 120)
  await addClient(issuer().table, { id, row, credentials: { jwks: { keys: [{ ...jwk, kid: 'k' }] } } }, Date.now())
}

function pair() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

beforeAll(async () => {
  await partner('partner')
})

/** Proves nothing. */
const emptyHeader = { authorization: '' } as const

const machine = { grant_type: 'client_credentials' } as const

const saml = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer'

interface Assertion {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly key?: KeyObject
  readonly id?: string
}

/** The parameters of an assertion (RFC 7523 §2.2). */
async function assertion({ claims = {}, key = keys.privateKey, id = 'partner' }: Assertion = {}): Promise<FormFields> {
  const now = Math.floor(Date.now() / 1000)
  const all = { iss: id, sub: id, aud: issuer().issuer, jti: randomUUID(), iat: now, exp: now + 60, ...claims }
  const client_assertion = await new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(key)
  return {
    ...machine,
    client_assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
}

const refused: readonly (readonly [name: string, status: number, code: string, send: () => Promise<TokenAnswer>])[] = [
  ['a wrong secret', 401, 'invalid_client', () => issuer().post(machine, { authorization: basic('robot', 'x') })],
  [
    'another client’s secret',
    401,
    'invalid_client',
    () => issuer().post(machine, { authorization: basic('robot', issuer().secretOf('portal')) }),
  ],
  [
    'a digest of the secret',
    401,
    'invalid_client',
    async () => {
      const { digestOf } = await import('@fieldnotes/table/digest')
      return issuer().post(machine, { authorization: basic('robot', digestOf(issuer().secretOf('robot'))) })
    },
  ],
  [
    'the secret in the body of a client of the header',
    401,
    'invalid_client',
    () => issuer().post({ ...machine, client_id: 'robot', client_secret: issuer().secretOf('robot') }),
  ],
  [
    'the secret in the body of a client of the header, beside an empty header',
    401,
    'invalid_client',
    () => issuer().post({ ...machine, client_id: 'robot', client_secret: issuer().secretOf('robot') }, emptyHeader),
  ],
  [
    'the secret in both places',
    400,
    'invalid_request',
    () => issuer().as('robot', { ...machine, client_id: 'robot', client_secret: issuer().secretOf('robot') }),
  ],
  [
    'a header without a secret, which is of no form',
    401,
    'invalid_client',
    () => issuer().post(machine, { authorization: basic('robot', '') }),
  ],
  ['no secret', 401, 'invalid_client', () => issuer().post({ ...machine, client_id: 'robot' })],
  ['no client', 401, 'invalid_client', () => issuer().post(machine)],
  [
    'a client that does not exist',
    401,
    'invalid_client',
    () => issuer().post(machine, { authorization: basic('nobody', 'x') }),
  ],
  [
    'an id of another form',
    401,
    'invalid_client',
    () => issuer().post(machine, { authorization: basic('CLIENT', 'x') }),
  ],
  [
    'the command line, which has no grant without a person',
    400,
    'unauthorized_client',
    () => issuer().post({ ...machine, client_id: 'terminal' }),
  ],
  ['two clients', 400, 'invalid_request', () => issuer().as('robot', { ...machine, client_id: 'portal' })],
  [
    'a bearer token in the place of a secret',
    401,
    'invalid_client',
    async () => issuer().post(machine, { authorization: `Bearer ${await issuer().subject('cognito')}` }),
  ],
  [
    'an assertion of another key',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ key: others.privateKey })),
  ],
  [
    'an assertion for another server',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ claims: { aud: 'https://evil.example' } })),
  ],
  [
    'an assertion that has expired',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ claims: { exp: 1 } })),
  ],
  [
    'an assertion that has expired a second ago',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ claims: { exp: Math.floor(Date.now() / 1000) - 1 } })),
  ],
  [
    'an assertion that is no JWT',
    401,
    'invalid_client',
    async () => issuer().post({ ...(await assertion()), client_assertion: 'a.b.c' }),
  ],
  [
    'an assertion without its type',
    401,
    'invalid_client',
    async () => issuer().post({ ...(await assertion()), client_assertion_type: undefined }),
  ],
  [
    'an assertion of another type',
    401,
    'invalid_client',
    async () => issuer().post({ ...(await assertion()), client_assertion_type: saml }),
  ],
  [
    'a header whose text is not percent-encoded',
    401,
    'invalid_client',
    () => issuer().post(machine, { authorization: `Basic ${Buffer.from('robot:%zz').toString('base64')}` }),
  ],
  [
    'an assertion without an end',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ claims: { exp: undefined } })),
  ],
  ...[Math.floor(Date.now() / 1000) + 4000, 1e300].map(
    (exp) =>
      [
        `an assertion that ends too late, at ${exp > 1e15 ? 'a number beyond all clocks' : 'more than an hour'}`,
        401,
        'invalid_client',
        async () => issuer().post(await assertion({ claims: { exp } })),
      ] as const,
  ),
  [
    'an assertion without an id',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ claims: { jti: undefined } })),
  ],
  [
    'an assertion of one client for another',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ claims: { iss: 'robot' } })),
  ],
  [
    'an assertion of a client with a secret',
    401,
    'invalid_client',
    async () => issuer().post(await assertion({ id: 'robot' })),
  ],
  [
    'a grant that does not exist',
    400,
    'unsupported_grant_type',
    () => issuer().as('robot', { grant_type: 'password' }),
  ],
  [
    'a grant of people, to a program',
    400,
    'unauthorized_client',
    () => issuer().as('robot', { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://a.example' }),
  ],
  ['a grant that the client does not have', 400, 'unauthorized_client', () => issuer().as('portal', machine)],
  [
    'a scope beyond the client',
    400,
    'invalid_scope',
    () => issuer().as('robot', { ...machine, scope: 'notes:read notes:write' }),
  ],
  ['a scope of OpenID Connect', 400, 'invalid_scope', () => issuer().as('robot', { ...machine, scope: 'openid' })],
  [
    'a target of others',
    400,
    'invalid_target',
    () => issuer().as('robot', { ...machine, resource: issuer().targets.exporter }),
  ],
  [
    'two targets',
    400,
    'invalid_target',
    () => issuer().as('robot', { ...machine, resource: [issuer().targets.graphql, 'https://evil.example'] }),
  ],
  [
    'a scope twice as a parameter',
    400,
    'invalid_request',
    () => issuer().as('robot', { ...machine, scope: ['notes:read', 'notes:read'] }),
  ],
]

describe('the token endpoint refuses', () => {
  it.each(refused)('%s: %s %s', async (_name, status, code, send) => {
    const answer = await send()
    expect(outcome(answer)).toEqual([status, code])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('www-authenticate') !== null).toBe(status === 401)
    expect((await issuer().as('robot', machine)).status).toBe(200)
    expect((await issuer().post(await assertion())).status).toBe(200)
  })

  it('an assertion that was used before', async () => {
    const parameters = await assertion()
    expect((await issuer().post(parameters)).status).toBe(200)
    expect(outcome(await issuer().post(parameters))).toEqual([401, 'invalid_client'])
  })

  it('all but one of eight simultaneous uses of an assertion', async () => {
    const parameters = await assertion()
    const answers = await Promise.all(Array.from({ length: 8 }, () => issuer().post(parameters)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)])
  })

  it('a client of a third party that was disabled', async () => {
    await partner('former')
    expect((await issuer().post(await assertion({ id: 'former' }))).status).toBe(200)
    await disableClient(issuer().table, 'former', Date.now())
    expect(outcome(await issuer().post(await assertion({ id: 'former' })))).toEqual([401, 'invalid_client'])
  })

  it('all but one of eight simultaneous uses of a DPoP proof', async () => {
    const holder = await createKeyHolder()
    const dpop = await holder.proof({ htu: `${issuer().issuer}/token` })
    const answers = await Promise.all(Array.from({ length: 8 }, () => issuer().as('robot', machine, { dpop })))
    const codes = answers.map(({ body }) => body.error ?? 'given').sort()
    expect(codes).toEqual(['given', ...Array(7).fill('invalid_dpop_proof')])
    const [won] = answers.filter(({ status }) => status === 200)
    expect([won?.body.token_type, claimsOf(won?.body.access_token).cnf]).toEqual(['DPoP', { jkt: holder.thumbprint }])
    // A bound token is no bearer token.
    expect((await ask(cloud.url, { token: won?.body.access_token, query: '{ __typename }' })).status).toBe(401)
  })
})

describe('an assertion and a proof of one client', () => {
  it('may have the same id: they are counted apart', async () => {
    const jti = randomUUID()
    const proof = { jti, htm: 'POST', htu: `${issuer().issuer}/token`, iat: Math.floor(Date.now() / 1000) }
    const header = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(keys.publicKey) }
    const dpop = await new SignJWT(proof).setProtectedHeader(header).sign(keys.privateKey)
    const send = async (id: string) => issuer().post(await assertion({ claims: { jti: id } }), { dpop })
    expect((await send(jti)).status).toBe(200)
    expect(outcome(await send(jti))).toEqual([401, 'invalid_client'])
    expect(outcome(await send(randomUUID()))).toEqual([400, 'invalid_dpop_proof'])
  })
})

describe('a target of a machine', () => {
  it('is named by `resource` alone: an `audience` that would be ignored is refused', async () => {
    const { graphql, exporter } = issuer().targets
    expect((await issuer().as('robot', { ...machine, resource: graphql })).status).toBe(200)
    expect(outcome(await issuer().as('robot', { ...machine, resource: exporter }))).toEqual([400, 'invalid_target'])
    for (const audience of [graphql, 'https://evil.example'])
      expect(outcome(await issuer().as('robot', { ...machine, audience }))).toEqual([400, 'invalid_target'])
  })
})

describe('a request of another form', () => {
  it.each([
    ['JSON', 400, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
    ['GET', 405, { method: 'GET' }],
    ['PUT', 405, { method: 'PUT', body: 'a=b' }],
    ['60 KB', 400, { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(60_000) }) }],
  ])('%s is %s', async (_name, status, init) => {
    const response = await fetch(`${cloud.url}/oauth/token`, init)
    expect([response.status, response.headers.get('allow')]).toEqual([status, status === 405 ? 'POST' : null])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a machine', () => {
  it('is a principal without a person: no field of a person is its own', async () => {
    const { body } = await issuer().as('robot', machine)
    expect([body.scope, body.expires_in, body.token_type]).toEqual(['notes:read', 300, 'Bearer'])
    const { sub, client_id, aud, auth_time, login_id } = claimsOf(body.access_token)
    expect([sub, client_id, aud]).toEqual(['robot', 'robot', issuer().targets.graphql])
    expect([auth_time, login_id]).toEqual([undefined, undefined])
    const token = body.access_token
    expect((await ask(cloud.url, { token, query: '{ __typename }' })).data).toEqual({ __typename: 'Query' })
    const create = 'mutation { createNote(input: { title: "no" }) { note { id } } }'
    expect((await ask(cloud.url, { token, query: create })).codes).toEqual({ createNote: 'FORBIDDEN' })
    const audit = 'mutation { updateProfile(input: { renewHandle: true }) { me { id } } }'
    expect((await ask(cloud.url, { token, query: audit })).codes).toEqual({ updateProfile: 'FORBIDDEN' })
  })

  it('of a third party gets the lifetime of its row', async () => {
    const { body } = await issuer().post(await assertion())
    const { exp, iat, sub } = claimsOf(body.access_token)
    expect([Number(exp) - Number(iat), sub]).toEqual([120, 'partner'])
  })
})
