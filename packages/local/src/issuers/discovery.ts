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

/** Endpoints of the local user pool, as in the document of a Cognito user pool. */
function cognitoEndpoints(issuer: string) {
  return {
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/oauth2/userInfo`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
  }
}

function configuration({ name, issuer, jwksUri, privateJwk }: LocalIssuer) {
  return {
    issuer,
    jwks_uri: jwksUri,
    ...(name === 'cognito' ? cognitoEndpoints(issuer) : { response_types_supported: ['id_token'] }),
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
