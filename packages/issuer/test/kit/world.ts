/** An issuer of tests: a key in memory, own clients with one secret, and a table that each test chooses. */
import { generateKeyPairSync } from 'node:crypto'
import { digestOf } from '@fieldnotes/table/digest'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { createHandler } from '../../src/create-handler.ts'
import type { IssuerSettings } from '../../src/issuer-settings.ts'
import { heldKeys } from '../../src/keys/held-key.ts'
import type { SignInSettings } from '../../src/sign-in/sign-in-settings.ts'

export const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** The fake KMS without the mark that a deployed issuer refuses. */
export const { publicKey, sign } = heldKeys({ k: privateKey.export({ format: 'jwk' }) })

const secret = { secretDigests: [digestOf('secret')] }

export const issuer = 'https://auth.example.com/oauth'

/** Settings that have no fault. The table is out of reach. */
export const settings: IssuerSettings = {
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
  credentials: {
    exporter: secret,
    'fieldnotes-api': secret,
    limited: secret,
    portal: secret,
    robot: secret,
    'firebase-session': secret,
  },
  loopbackIssuers: 'refuse',
}

/** Settings of sign-ins at this user pool. */
export function signInAt(url: string): SignInSettings {
  const userPool = {
    ...{ issuer: url, authorizationEndpoint: `${url}/a`, tokenEndpoint: `${url}/t`, jwksUri: `${url}/j` },
    ...{ clientId: 'c', clientSecret: 's', scope: 'openid', namesItself: false },
  }
  return { userPool, cookieSecrets: ['x'.repeat(32)] }
}

/**
 * An issuer with these settings, and the lines of its log. `clock` returns milliseconds since the epoch, `fetch` the
 * key sets of other issuers.
 */
export function createWorld(
  change: Partial<IssuerSettings> = {},
  clock: () => number = Date.now,
  fetch = globalThis.fetch,
) {
  const lines: string[] = []
  const log = (...line: unknown[]) => void lines.push(JSON.stringify(line))
  return { lines, handle: createHandler({ ...settings, ...change }, { environment: {}, log, clock, fetch }) }
}

/** An event of API Gateway. */
export function event(method: string, rawPath: string, more: object = {}): APIGatewayProxyEventV2 {
  const requestContext = { requestId: 'r-1', http: { method } }
  return { rawPath, rawQueryString: '', headers: {}, requestContext, ...more } as APIGatewayProxyEventV2
}

/** `Authorization` of an own client. */
export function secretHeader(id: string): string {
  return `Basic ${Buffer.from(`${id}:secret`).toString('base64')}`
}
