/** ID tokens of a Firebase project (https://firebase.google.com/docs/auth/admin/verify-id-tokens). */

import type { JsonObject } from '../token/strict-json.ts'
import type { Profile } from '../token/token-profile.ts'
import type { FirebaseIssuer } from './issuer.ts'

/** `cognito:groups` means nothing here: groups and scopes come from custom claims that only the project's backend can set. */
export function firebaseProfile(row: FirebaseIssuer): Profile {
  return {
    issuers: [row.issuer],
    algorithms: ['RS256'],
    types: [undefined, 'jwt'],
    audience: row.projectId,
    rules: [
      ['audience_wrong', ({ aud }) => aud === row.projectId],
      ['auth_time_invalid', ({ auth_time }) => auth_time !== undefined],
      ['identity_contradictory', ({ sub, user_id }) => user_id === undefined || user_id === sub],
      ['tenant_wrong', (claims) => (account(claims).tenant ?? null) === row.tenant],
      ['provider_unacceptable', ({ firebase }) => isAcceptable(firebase)],
    ],
    read: (claims) => ({
      clientId: undefined,
      service: false,
      scope: claims.scope,
      defaultScopes: row.defaultScopes,
      groups: claims.groups,
      name: claims.name,
    }),
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function account({ firebase }: JsonObject): JsonObject {
  return isObject(firebase) ? firebase : {}
}

/**
 * What Google says of the account: nothing, which its rules for verifying allow, or an object. Who signed in anonymously is
 * nobody yet.
 */
function isAcceptable(firebase: unknown): boolean {
  if (firebase === undefined) return true
  if (!isObject(firebase)) return false
  const { sign_in_provider: provider = 'unsaid' } = firebase
  return typeof provider === 'string' && provider !== '' && provider !== 'anonymous'
}
