/** Public documents of the issuers: discovery and key sets. */
import type { JWK } from 'jose'
import type { LocalIssuer } from './local-issuers.ts'

/** Public members of a key, by its type (RFC 7518 §6). They are listed, so that no private one is ever copied. */
const publicMembers: Readonly<Record<string, readonly string[]>> = {
  RSA: ['kty', 'n', 'e', 'kid', 'alg', 'use'],
  EC: ['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use'],
}

function publicOf(key: JWK): JWK {
  const members = publicMembers[key.kty ?? ''] ?? []
  return Object.fromEntries(Object.entries(key).filter(([name]) => members.includes(name))) as JWK
}

function configuration({ issuer, jwksUri, privateJwk }: LocalIssuer) {
  return {
    issuer,
    jwks_uri: jwksUri,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [privateJwk.alg],
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
