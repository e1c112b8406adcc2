/** The examples of packages/identity, and the requests of three callers to each of them. */
import { personId } from '@fieldnotes/identity/person-id'
import type { ExampleRequest, Host } from './host-matrix.ts'
import { type LocalIssuer, issuer as trusted } from './project-issuer.ts'

const packages = ['core', 'identity'] as const

/** A plain Node server. */
export const nodeHttp: Host = {
  name: 'node:http',
  example: 'packages/identity/examples/node-http.ts',
  packages,
  dependencies: [],
}

/** Every example. */
export const identityHosts: readonly Host[] = [
  nodeHttp,
  {
    name: 'Express 5',
    example: 'packages/identity/examples/express.ts',
    packages,
    dependencies: ['express', '@types/express'],
  },
  { name: 'Fastify 5', example: 'packages/identity/examples/fastify.ts', packages, dependencies: ['fastify'] },
]

const metadata = 'resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"'
const refused = {
  ...{ code: 'UNAUTHENTICATED', message: 'Sign in to do this.', remedy: { kind: 'SIGN_IN' } },
  resourceMetadata: 'https://api.example.com/.well-known/oauth-protected-resource',
}

/** No token, bad tokens, a good token. */
export const identityRequests: readonly ExampleRequest[] = [
  {
    caller: 'a caller without token',
    send: (origin) => get(origin),
    expected: { status: 401, challenge: `Bearer ${metadata}`, body: refused },
  },
  {
    caller: 'a caller with a token of a foreign key',
    send: async (origin, issuer) => get(origin, await bearer(issuer, 'forgedToken')),
    expected: { status: 401, challenge: `Bearer error="invalid_token", ${metadata}`, body: refused },
  },
  {
    caller: 'a caller with two credentials in one header',
    send: async (origin, issuer) => get(origin, `${await bearer(issuer, 'token')}, ${await bearer(issuer, 'token')}`),
    expected: { status: 401, challenge: `Bearer error="invalid_token", ${metadata}`, body: refused },
  },
  {
    caller: 'a caller with a good token',
    send: async (origin, issuer) => get(origin, await bearer(issuer, 'token')),
    expected: { status: 200, challenge: null, body: { id: personId(trusted, 'person-1'), scopes: ['notes:read'] } },
  },
]

async function bearer(issuer: LocalIssuer, kind: 'token' | 'forgedToken'): Promise<string> {
  return `Bearer ${await issuer[kind]('person-1')}`
}

async function get(origin: string, authorization?: string) {
  const response = await fetch(origin, { headers: authorization === undefined ? {} : { authorization } })
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    body: await response.json(),
  }
}
