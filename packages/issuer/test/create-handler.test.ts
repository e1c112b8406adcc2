/** The handler alone: what starts, and what it answers without a table. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { IssuerSettings } from '../src/issuer-settings.ts'

import { heldKeys } from '../src/keys/held-key.ts'
import { identityToolkit } from '../src/sign-in/sign-in-settings.ts'
import { accessTable } from './kit/access-table.ts'
import {
  createWorld,
  event,
  issuer,
  privateKey,
  publicKey,
  secretHeader,
  settings,
  sign,
  signInAt,
} from './kit/world.ts'

function tokenRequest(id: string, more: object = {}) {
  const headers = {
    authorization: secretHeader(id),
    'content-type': 'application/x-www-form-urlencoded',
    'x-forwarded-host': 'evil.example',
    ...more,
  }
  return event('POST', '/oauth/token', { headers, body: btoa('grant_type=client_credentials'), isBase64Encoded: true })
}

/** A DPoP proof (RFC 9449 §4.2) for a request to this address. */
async function proofFor(htu: string): Promise<string> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = await exportJWK(pair.publicKey)
  const claims = { jti: randomUUID(), htm: 'POST', htu, iat: Math.floor(Date.now() / 1000) }
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk }).sign(pair.privateKey)
}

const access = accessTable()

describe('the issuer does not start with', () => {
  const held = heldKeys({ k: privateKey.export({ format: 'jwk' }) })
  const demo = {
    ...{ kind: 'firebase', name: 'firebase', projectId: 'demo-fieldnotes', tenant: null, scopes: {} },
    ...{ issuer: 'http://127.0.0.1:4000/firebase/demo-fieldnotes', jwksUri: 'http://127.0.0.1:4000/jwks' },
    defaultScopes: [],
  }
  it.each([
    ['another path', { issuer: 'https://auth.example.com/' }, /issuer: not a URL with the path/],
    ['an issuer over HTTP', { issuer: 'http://127.0.0.1:4000/oauth' }, /issuer is not https/],
    ['an origin with a path', { origin: 'https://api.example.com/' }, /origin: not an origin/],
    ['the row of another issuer', { issuers: [] }, /the row fieldnotes is not of this issuer/],
    ['no app of the pool', { webClientIds: [] }, /webClientIds/],
    ['no key', { keys: [] }, /not exactly one is active/],
    ['a sign-in at the laptop', { signIn: signInAt('http://127.0.0.1:4000') }, /signIn.userPool.issuer is not https/],
    [
      'a cookie secret that can be guessed',
      { signIn: { ...signInAt('https://pool.example.com'), cookieSecrets: ['short'] } },
      /signIn.cookieSecrets/,
    ],
    [
      'a sign-in at an unknown user pool',
      { signIn: signInAt('https://pool.example.com') },
      /no row of issuers is of this/,
    ],
    [
      'passwords of Firebase for another server',
      {
        signIn: {
          ...signInAt('https://pool.example.com'),
          firebase: { apiKey: 'k', identityToolkit: 'https://a.example' },
        },
      },
      /identityToolkit: not that of Google/,
    ],
    [
      'an API key that is none',
      { signIn: { ...signInAt('https://pool.example.com'), firebase: { apiKey: 'k&x=y', identityToolkit } } },
      /signIn.firebase.apiKey/,
    ],
    [
      'people of a project that is not trusted',
      { signIn: { ...signInAt('https://pool.example.com'), firebase: { apiKey: 'k', identityToolkit } } },
      /no row of issuers is of Firebase/,
    ],
    ['keys of the laptop', { keyService: held }, /in this process/],
    ['people of the laptop', { issuers: [...settings.issuers, demo] }, /firebase: issuer is not/],
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
    expect(() => createWorld(change as Partial<IssuerSettings>)).toThrow(fault)
  })

  it('several faults, without one line for each, and quotes no credential', () => {
    const wrong = { keys: [], credentials: { portal: { secretDigests: ['hunter2'] } } }
    const fault = (() => {
      try {
        return createWorld(wrong).lines.join()
      } catch (error) {
        return String((error as Error).message)
      }
    })()
    expect(fault.split('\n- ')).toHaveLength(8)
    expect(fault).not.toContain('hunter2')
  })
})

describe('the handler', () => {
  it('answers documents without the table, to be cached', async () => {
    const { handle } = createWorld()
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
    // Without a place to sign in there is no authorization endpoint.
    ['GET', '/oauth/authorize', 404],
    ['GET', '/oauth/authorize/x', 404],
    ['GET', '/oauth/consent', 404],
    ['GET', '/oauth/apps', 404],
    ['POST', '/oauth/sign-in/firebase', 404],
    ['GET', '/oauth/revoke', 405],
    ['POST', '/oauth/token/', 404],
    ['GET', '/oauth/constructor', 404],
  ])('%s %s is %s', async (method, path, status) => {
    const { statusCode, headers } = await createWorld().handle(event(method, path))
    expect([statusCode, headers?.['x-request-id'], headers?.['x-content-type-options']]).toEqual([
      status,
      'r-1',
      'nosniff',
    ])
  })

  it('gives an own client a token although the table is out of reach, and answers 503 to any other', async () => {
    const { handle } = createWorld()
    const own = await handle(tokenRequest('robot'))
    expect([own.statusCode, JSON.parse(own.body ?? '').token_type]).toEqual([200, 'Bearer'])
    const other = await handle(tokenRequest('partner'))
    expect([other.statusCode, JSON.parse(other.body ?? '').error]).toEqual([503, 'temporarily_unavailable'])
  })

  it('answers 503 while the key service does not sign, and 500 for a bug, without a word of either', async () => {
    const fail = () => Promise.reject(new Error('down'))
    const signless = await createWorld({ keyService: { publicKey, sign: fail } }).handle(tokenRequest('robot'))
    const other = heldKeys({
      k: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' }),
    })
    const keyService = { publicKey: other.publicKey, sign }
    const wrong = await createWorld({ keyService }).handle(tokenRequest('robot'))
    expect([signless.statusCode, wrong.statusCode]).toEqual([503, 500])
    expect(JSON.parse(signless.body ?? '').error).toBe('temporarily_unavailable')
    expect(`${signless.body}${wrong.body}`).not.toMatch(/down|P-256/)
  })

  it('answers 503 while the key service is out of reach, and recovers', async () => {
    let isDown = true
    const keyService = {
      sign,
      publicKey: (id: string) => (isDown ? Promise.reject(new Error('down')) : publicKey(id)),
    }
    const { handle, lines } = createWorld({ keyService })
    for (const request of [tokenRequest('robot'), event('GET', '/oauth/jwks')])
      expect((await handle(request)).statusCode).toBe(503)
    expect(lines.join()).toContain('down')
    isDown = false
    expect((await handle(tokenRequest('robot'))).statusCode).toBe(200)
  })

  it('knows its own address in an assertion’s audience and in a proof, whatever host a client claims', async () => {
    const { handle } = createWorld({ access: access.config() })
    const proof = await proofFor(`${issuer}/token`)
    const { statusCode, body = '' } = await handle(tokenRequest('robot', { dpop: proof }))
    expect([statusCode, JSON.parse(body).token_type]).toEqual([200, 'DPoP'])
    const other = await handle(tokenRequest('robot', { dpop: await proofFor('https://evil.example/oauth/token') }))
    expect([other.statusCode, JSON.parse(other.body ?? '').error]).toEqual([400, 'invalid_dpop_proof'])
  })

  it('logs neither secrets nor tokens', async () => {
    const { handle, lines } = createWorld()
    const { body = '' } = await handle(tokenRequest('robot'))
    expect(lines.length).toBeGreaterThan(0)
    for (const text of ['secret', ...JSON.parse(body).access_token.split('.')])
      expect(lines.join('\n')).not.toContain(text)
  })
})
