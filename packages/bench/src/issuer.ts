/** An issuer in memory with a real RSA key, and our identity package trusting it: tokens are verified in full, without a network. */
import { generateKeyPairSync } from 'node:crypto'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import { SignJWT } from 'jose'

const issuer = 'https://issuer.bench.dev'
const resource = 'https://api.bench.dev/graphql'

export interface Issuer {
  readonly identity: Identity
  /** An access token (RFC 9068) for one hour. */
  readonly mint: (subject: string) => Promise<string>
}

export const createIssuer = (): Issuer => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }]
  const row = { kind: 'oidc', name: 'bench', issuer, jwksUri: `${issuer}/keys` } as const
  const identity = createIdentity({
    issuers: [{ ...row, audience: resource, algorithms: ['RS256'], scopes: { read: ['notes:read'] } }],
    resource,
    loopbackIssuers: 'refuse',
    environment: {},
    fetch: async () => Response.json({ keys }),
    log: () => {},
  })
  const claims = { client_id: 'bench', scope: 'read' }
  const mint = (subject: string) =>
    new SignJWT({ ...claims, jti: subject })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(resource)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey)
  return { identity, mint }
}
