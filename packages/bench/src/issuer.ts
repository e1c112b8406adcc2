/** An issuer with a real RSA key, and our identity package trusting it: tokens are verified in full, without a network. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import { SignJWT } from 'jose'

export interface Issuer {
  /** Its key set (RFC 7517 §5). */
  readonly jwks: { readonly keys: readonly object[] }
  /** An access token (RFC 9068) for one hour. */
  readonly mint: (subject: string) => Promise<string>
}

export interface Names {
  readonly issuer: string
  readonly audience: string
  readonly scope: string
}

/** An issuer of this name, for one audience. */
export function createIssuer(names: Names): Issuer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }
  return { jwks: { keys: [key] }, mint: (subject) => sign(privateKey, names, subject) }
}

function sign(key: KeyObject, { issuer, audience, scope }: Names, subject: string): Promise<string> {
  return new SignJWT({ client_id: 'bench', scope, jti: subject })
    .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key)
}

const names: Names = { issuer: 'https://issuer.bench.dev', audience: 'https://api.bench.dev/graphql', scope: 'read' }

/** The issuer and an identity that believes it, for the bench's own schema. */
export function createTrust(): Issuer & { readonly identity: Identity } {
  const issuer = createIssuer(names)
  const row = { kind: 'oidc', name: 'bench', issuer: names.issuer, jwksUri: `${names.issuer}/keys` } as const
  const identity = createIdentity({
    issuers: [{ ...row, audience: names.audience, algorithms: ['RS256'], scopes: { read: ['notes:read'] } }],
    resource: names.audience,
    loopbackIssuers: 'refuse',
    environment: {},
    fetch: async () => Response.json(issuer.jwks),
    log: () => {},
  })
  return { ...issuer, identity }
}
