/** The handler alone: what starts, and what it answers without a table. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { digestOf } from '@fieldnotes/table/digest'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { exportJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHandler } from '../src/create-handler.ts'
import type { IssuerSettings } from '../src/issuer-settings.ts'
import { heldKeys } from '../src/keys/held-key.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { publicKey, sign } = heldKeys({ k: privateKey.export({ format: 'jwk' }) })
const secret = { secretDigests: [digestOf('secret')] }
const issuer = 'https://auth.example.com/oauth'

const settings: IssuerSettings = {
  issuer,
  origin: 'https://api.example.com',
  issuers: [
    {
      ...{ kind: 'fieldnotes', name: 'fieldnotes', issuer, jwksUri: `${issuer}/jwks` },
      ...{ scopes: { 'notes:read': ['notes:read'] }, firstPartyClientIds: [] },
    },
  ],
  webClientIds: ['web'],
  access: { name: 'access', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' },
  keys: [{ keyId: 'k', state: 'active' }],
  keyService: { publicKey, sign },
  credentials: { exporter: secret, 'fieldnotes-api': secret, portal: secret, robot: secret },
  loopbackIssuers: 'refuse',
}

function create(change: Partial<IssuerSettings> = {}) {
  const lines: string[] = []
  const log = (...line: unknown[]) => void lines.push(JSON.stringify(line))
  return { lines, handle: createHandler({ ...settings, ...change }, { environment: {}, log }) }
}

function event(method: string, rawPath: string, more: object = {}): APIGatewayProxyEventV2 {
  const requestContext = { requestId: 'r-1', http: { method } }
  return { rawPath, rawQueryString: '', headers: {}, requestContext, ...more } as APIGatewayProxyEventV2
}

function tokenRequest(id: string, more: object = {}) {
  const headers = {
    authorization: `Basic ${Buffer.from(`${id}:secret`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    'x-forwarded-host': 'evil.example',
    ...more,
  }
  return event('POST', '/oauth/token', { headers, body: btoa('grant_type=client_credentials'), isBase64Encoded: true })
}

let engine: Engine
beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  engine = await startEngine()
})
afterAll(() => engine.stop())

/** A DPoP proof (RFC 9449 §4.2) for a request to this address. */
async function proofFor(htu: string): Promise<string> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = await exportJWK(pair.publicKey)
  const claims = { jti: randomUUID(), htm: 'POST', htu, iat: Math.floor(Date.now() / 1000) }
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk }).sign(pair.privateKey)
}

describe('the issuer does not start with', () => {
  const held = heldKeys({ k: privateKey.export({ format: 'jwk' }) })
  it.each([
    ['another path', { issuer: 'https://auth.example.com/' }, /issuer: not a URL with the path/],
    ['an issuer over HTTP', { issuer: 'http://127.0.0.1:4000/oauth' }, /issuer is not https/],
    ['an origin with a path', { origin: 'https://api.example.com/' }, /origin: not an origin/],
    ['the row of another issuer', { issuers: [] }, /the row fieldnotes is not of this issuer/],
    ['no app of the pool', { webClientIds: [] }, /webClientIds/],
    ['no key', { keys: [] }, /not exactly one is active/],
    ['keys of the laptop', { keyService: held }, /in this process/],
    [
      'a client without a secret',
      { credentials: { ...settings.credentials, portal: {} } },
      /portal: the client has not/,
    ],
    [
      'a secret that is no digest',
      { credentials: { ...settings.credentials, robot: { secretDigests: ['secret'] } } },
      /robot/,
    ],
  ] as const)('%s', (_name, change, fault) => {
    expect(() => create(change as Partial<IssuerSettings>)).toThrow(fault)
  })

  it('several faults, without one line for each, and quotes no credential', () => {
    const wrong = { keys: [], credentials: { portal: { secretDigests: ['hunter2'] } } }
    const fault = (() => {
      try {
        return create(wrong).lines.join()
      } catch (error) {
        return String((error as Error).message)
      }
    })()
    expect(fault.split('\n- ')).toHaveLength(6)
    expect(fault).not.toContain('hunter2')
  })
})

describe('the handler', () => {
  it('answers documents without the table, to be cached', async () => {
    const { handle } = create()
    const { statusCode, headers, body } = await handle(event('GET', '/oauth/jwks'))
    expect([statusCode, headers?.['cache-control'], headers?.['content-type']]).toEqual([
      200,
      'public, max-age=300',
      'application/jwk-set+json',
    ])
    expect(JSON.parse(body ?? '').keys).toEqual([expect.not.objectContaining({ d: expect.anything() })])
  })

  it.each([
    ['GET', '/oauth/token', 405],
    ['POST', '/oauth/jwks', 405],
    ['OPTIONS', '/oauth/token', 204],
    ['GET', '/oauth/auth', 404],
    ['POST', '/oauth/token/', 404],
    ['GET', '/oauth/constructor', 404],
  ])('%s %s is %s', async (method, path, status) => {
    const { statusCode, headers } = await create().handle(event(method, path))
    expect([statusCode, headers?.['x-request-id'], headers?.['x-content-type-options']]).toEqual([
      status,
      'r-1',
      'nosniff',
    ])
  })

  it('gives an own client a token although the table is out of reach, and answers 503 to any other', async () => {
    const { handle } = create()
    const own = await handle(tokenRequest('robot'))
    expect([own.statusCode, JSON.parse(own.body ?? '').token_type]).toEqual([200, 'Bearer'])
    const other = await handle(tokenRequest('partner'))
    expect([other.statusCode, JSON.parse(other.body ?? '').error]).toEqual([503, 'temporarily_unavailable'])
  })

  it('answers 503 while the key service is out of reach, and recovers', async () => {
    let isDown = true
    const keyService = {
      sign,
      publicKey: (id: string) => (isDown ? Promise.reject(new Error('down')) : publicKey(id)),
    }
    const { handle, lines } = create({ keyService })
    for (const request of [tokenRequest('robot'), event('GET', '/oauth/jwks')])
      expect((await handle(request)).statusCode).toBe(503)
    expect(lines.join()).toContain('down')
    isDown = false
    expect((await handle(tokenRequest('robot'))).statusCode).toBe(200)
  })

  it('knows its own address in an assertion’s audience and in a proof, whatever host a client claims', async () => {
    const { handle } = create({ access: await engine.newTable('access') })
    const proof = await proofFor(`${issuer}/token`)
    const { statusCode, body = '' } = await handle(tokenRequest('robot', { dpop: proof }))
    expect([statusCode, JSON.parse(body).token_type]).toEqual([200, 'DPoP'])
    const other = await handle(tokenRequest('robot', { dpop: await proofFor('https://evil.example/oauth/token') }))
    expect([other.statusCode, JSON.parse(other.body ?? '').error]).toEqual([400, 'invalid_dpop_proof'])
  })

  it('logs neither secrets nor tokens', async () => {
    const { handle, lines } = create()
    const { body = '' } = await handle(tokenRequest('robot'))
    expect(lines.length).toBeGreaterThan(0)
    for (const text of ['secret', ...JSON.parse(body).access_token.split('.')])
      expect(lines.join('\n')).not.toContain(text)
  })
})
