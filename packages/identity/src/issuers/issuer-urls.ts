/** URLs that follow from the id of a user pool or a project. Spread them into a row of `issuers`. */
import type { CognitoIssuer, FirebaseIssuer } from './issuer.ts'

/**
 * Returns `issuer`, `issuerAlias` and `jwksUri` of a Cognito user pool. Not for the AWS regions in China, which have
 * other hosts.
 * @throws Error unless the id has the form `eu-west-1_AbCdEfGhI`
 * @example
 * ```ts
 * import type { CognitoIssuer } from '@fieldnotes/identity/issuer'
 * import { cognitoUrls } from '@fieldnotes/identity/issuer-urls'
 *
 * const client = { clientIds: ['2example23456789'], scopes: { 'notes/read': ['notes:read'] } }
 * const pool: CognitoIssuer = { kind: 'cognito', name: 'cognito', ...cognitoUrls('eu-west-1_AbCdEfGhI'), ...client }
 * ```
 */
export function cognitoUrls(userPoolId: string): Required<Pick<CognitoIssuer, 'issuer' | 'issuerAlias' | 'jwksUri'>> {
  const [, region] = /^([a-z0-9-]+)_[A-Za-z0-9]+$/.exec(userPoolId) ?? []
  if (region === undefined) throw new Error('not the id of a user pool, such as eu-west-1_AbCdEfGhI')
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`
  return {
    issuer,
    issuerAlias: `https://issuer-cognito-idp.${region}.amazonaws.com/${userPoolId}`,
    jwksUri: `${issuer}/.well-known/jwks.json`,
  }
}

/**
 * Returns `issuer` and `jwksUri` of a Firebase project. All projects have the same keys; `iss` and `aud` name the
 * project.
 * @example
 * ```ts
 * import { firebaseUrls } from '@fieldnotes/identity/issuer-urls'
 *
 * const { issuer, jwksUri } = firebaseUrls('my-project')
 * ```
 */
export function firebaseUrls(projectId: string): Pick<FirebaseIssuer, 'issuer' | 'jwksUri'> {
  return {
    issuer: `https://securetoken.google.com/${projectId}`,
    jwksUri: 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com',
  }
}
