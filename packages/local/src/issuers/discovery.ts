/** Public documents of the issuers: discovery and key sets. */
import type { JWK } from 'jose'
import type { LocalIssuer } from './local-issuers.ts'

/** Public half of an RSA key. The members are listed, so that a private one can't be copied by mistake. */
function publicOf({ kty, n, e, kid, alg, use }: JWK): JWK {
  return { kty, n, e, kid, alg, use } as JWK
}

function configuration({ issuer, jwksUri }: LocalIssuer) {
  return {
    issuer,
    jwks_uri: jwksUri,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}

/** Documents by path: OpenID Connect Discovery 1.0 §4 and RFC 7517 §5. */
export function discovery(issuers: readonly LocalIssuer[]): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(
    issuers.flatMap((row): [string, unknown][] => [
      [`${new URL(row.issuer).pathname}/.well-known/openid-configuration`, configuration(row)],
      [new URL(row.jwksUri).pathname, { keys: [publicOf(row.privateJwk)] }],
    ]),
  )
}
