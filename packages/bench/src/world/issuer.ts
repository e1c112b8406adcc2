/** A local issuer with an RSA key, and our identity package that trusts it: full verification without a network. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import { SignJWT } from 'jose'

/** Claims beside those that every token has. */
type Claims = Readonly<Record<string, unknown>>

/** A local issuer. */
export interface Issuer {
  /** Key set (RFC 7517 §5). */
  readonly jwks: { readonly keys: readonly object[] }
  /** Signs an access token (RFC 9068) for one hour. */
  readonly mint: (subject: string, groups?: readonly string[], claims?: Claims) => Promise<string>
}

/** URL, audience and scope of the tokens of an issuer. */
export interface Names {
  readonly issuer: string
  readonly audience: string
  readonly scope: string
  /** `typ` of each token. Default: `at+jwt`. */
  readonly type?: string
  /** Further claims of each token. */
  readonly claims?: Claims
}

/** Creates an issuer with this name, for one audience. */
export function createIssuer(names: Names): Issuer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }
  const mint: Issuer['mint'] = (subject, groups, claims) =>
    sign(privateKey, { ...names, claims: { ...names.claims, ...claims } }, subject, groups)
  return { jwks: { keys: [key] }, mint }
}

function sign(key: KeyObject, names: Names, subject: string, groups?: readonly string[]): Promise<string> {
  const { issuer, audience, scope, type = 'at+jwt', claims } = names
  return new SignJWT({ client_id: 'bench', scope, jti: subject, ...(groups && { groups }), ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key)
}

const names: Names = { issuer: 'https://issuer.bench.dev', audience: 'https://api.bench.dev/graphql', scope: 'read' }

/** Creates an issuer and an identity that trusts it, for the bench's schema. */
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
