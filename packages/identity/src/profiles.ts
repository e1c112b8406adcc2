/** The profile of an issuer: its row, compiled once. */
import { cognitoProfile } from './cognito.ts'
import { firebaseProfile } from './firebase.ts'
import type { Issuer } from './issuer.ts'
import { oidcProfile } from './oidc.ts'
import type { Profile } from './profile.ts'

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
