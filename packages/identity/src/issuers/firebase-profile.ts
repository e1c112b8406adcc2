/** ID tokens of a Firebase project (https://firebase.google.com/docs/auth/admin/verify-id-tokens). */
import { personId } from '../principal/person-id.ts'
import { isJsonObject, type JsonObject } from '../token/strict-json.ts'
import type { TokenProfile } from '../token/token-profile.ts'
import type { FirebaseIssuer } from './issuer.ts'

/** Groups and scopes come from custom claims, which only the project's backend can set. */
export function firebaseProfile(row: FirebaseIssuer): TokenProfile {
  return {
    issuers: [row.issuer],
    algorithms: ['RS256'],
    types: [undefined, 'jwt'],
    audience: row.projectId,
    rules: [
      ['audience_wrong', ({ aud }) => aud === row.projectId],
      ['auth_time_invalid', ({ auth_time }) => auth_time !== undefined],
      ['identity_contradictory', ({ sub, user_id }) => user_id === undefined || user_id === sub],
      ['tenant_wrong', (claims) => (firebaseClaim(claims).tenant ?? null) === row.tenant],
      ['provider_unacceptable', ({ firebase }) => isAcceptable(firebase)],
    ],
    read: (claims) => ({
      clientId: undefined,
      isService: false,
      scope: claims.scope,
      defaultScopes: row.defaultScopes,
      groups: claims.groups,
      name: claims.name,
      loginId: loginOf(row, claims),
      thirdParty: false,
    }),
  }
}

/**
 * The sign-in, which Firebase does not name. It is derived from person and instant, so that all tokens of one sign-in
 * have the same one.
 */
function loginOf({ issuer }: FirebaseIssuer, { sub, auth_time }: JsonObject): string {
  return personId(personId(issuer, String(sub)), String(auth_time))
}

function firebaseClaim({ firebase }: JsonObject): JsonObject {
  return isJsonObject(firebase) ? firebase : {}
}

/**
 * The `firebase` claim may be absent by Google's rules. An anonymous account proves no identity, so it is not accepted.
 */
function isAcceptable(firebase: unknown): boolean {
  if (firebase === undefined) return true
  if (!isJsonObject(firebase)) return false
  const { sign_in_provider: provider = 'absent' } = firebase
  return typeof provider === 'string' && provider !== '' && provider !== 'anonymous'
}
