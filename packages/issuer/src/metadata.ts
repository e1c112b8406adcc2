/** The issuer's metadata (RFC 8414 §2): exactly what the table of grants gives. */
import { exchangeGrantType } from './grants/client-rows.ts'
import { clientAuthMethods } from './grants/grant.ts'
import { targetNames, targets } from './grants/targets.ts'

/** What the authorization endpoint supports (RFC 7636, RFC 9207). */
function codeMembers(issuer: string) {
  return {
    authorization_endpoint: issuer + issuerPaths.authorization,
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }
}

/** Algorithms of assertions (RFC 7523 §3). */
export const assertionAlgorithms = ['ES256', 'RS256', 'PS256'] as const

/** Algorithms of DPoP proofs (RFC 9449 §5.1). */
export const proofAlgorithms = ['ES256'] as const

/** Path of the issuer at its host, and of what it serves below it. */
export const issuerPaths = {
  issuer: '/oauth',
  token: '/token',
  jwks: '/jwks',
  revocation: '/revoke',
  introspection: '/introspect',
  userInfo: '/userinfo',
  authorization: '/authorize',
  /** Where a sign-in begins, goes to Firebase, comes back from the user pool, and is consented to. */
  signIn: '/sign-in',
  firebase: '/sign-in/firebase',
  firebaseScript: '/sign-in/firebase.js',
  callback: '/callback',
  consent: '/consent',
  /** Where a person sees and ends the apps of third parties. */
  apps: '/apps',
} as const

/**
 * The document for an issuer; without `signIn` it has no authorization endpoint. The last two members are required by
 * OpenID Connect Discovery 1.0 §3.
 */
export function metadataFor(issuer: string, { signIn }: { readonly signIn: boolean }) {
  const publicAuth = signIn ? (['none'] as const) : []
  return {
    issuer,
    ...(signIn && codeMembers(issuer)),
    token_endpoint: issuer + issuerPaths.token,
    revocation_endpoint: issuer + issuerPaths.revocation,
    revocation_endpoint_auth_methods_supported: [...clientAuthMethods, ...publicAuth],
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    introspection_endpoint: issuer + issuerPaths.introspection,
    introspection_endpoint_auth_methods_supported: [...clientAuthMethods, ...publicAuth],
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    userinfo_endpoint: issuer + issuerPaths.userInfo,
    jwks_uri: issuer + issuerPaths.jwks,
    response_types_supported: signIn ? ['code'] : [],
    grant_types_supported: [
      ...(signIn ? ['authorization_code'] : []),
      'client_credentials',
      'refresh_token',
      exchangeGrantType,
    ],
    token_endpoint_auth_methods_supported: [...clientAuthMethods, ...publicAuth],
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    dpop_signing_alg_values_supported: proofAlgorithms,
    scopes_supported: [...new Set(targetNames.flatMap((name) => targets[name].scopes as readonly string[]))],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
  }
}
