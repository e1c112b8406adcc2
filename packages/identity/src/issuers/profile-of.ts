/** Selects the token profile for an issuer. */
import type { TokenProfile } from '../token/token-profile.ts'
import { cognitoProfile } from './cognito-profile.ts'
import { fieldnotesProfile } from './fieldnotes-profile.ts'
import { firebaseProfile } from './firebase-profile.ts'
import type { Issuer } from './issuer.ts'
import { oidcProfile } from './oidc-profile.ts'

/**
 * Builds the token profile of an issuer. `resource` is this API's identifier, which an issuer may put into `aud` (RFC
 * 8707).
 */
export function profileOf(row: Issuer, resource: string): TokenProfile {
  switch (row.kind) {
    case 'cognito':
      return cognitoProfile(row, resource)
    case 'firebase':
      return firebaseProfile(row)
    case 'oidc':
      return oidcProfile(row)
    case 'fieldnotes':
      return fieldnotesProfile(row, resource)
  }
}
