/** The profile of an issuer: its row, compiled once. */

import type { Profile } from '../token/token-profile.ts'
import { cognitoProfile } from './cognito-profile.ts'
import { firebaseProfile } from './firebase-profile.ts'
import type { Issuer } from './issuer.ts'
import { oidcProfile } from './oidc-profile.ts'

/** `resource` is our own identifier, which an issuer may put into `aud` (RFC 8707). */
export function profileOf(row: Issuer, resource: string): Profile {
  switch (row.kind) {
    case 'cognito':
      return cognitoProfile(row, resource)
    case 'firebase':
      return firebaseProfile(row)
    case 'oidc':
      return oidcProfile(row)
  }
}
