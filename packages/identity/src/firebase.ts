/** ID tokens of a Firebase project (https://firebase.google.com/docs/auth/admin/verify-id-tokens). */
import type { FirebaseIssuer } from './issuer.ts'
import type { Profile } from './profile.ts'
import type { JsonObject } from './strict-json.ts'

/** `cognito:groups` means nothing here: groups and scopes come from custom claims that only the project's backend can set. */
export const firebaseProfile = (row: FirebaseIssuer): Profile => ({
  issuers: [row.issuer],
  algorithms: ['RS256'],
  types: [undefined, 'jwt'],
  audience: row.projectId,
  rules: [
    ['audience_wrong', ({ aud }) => aud === row.projectId],
    ['auth_time_invalid', ({ auth_time }) => auth_time !== undefined],
    ['identity_contradictory', ({ sub, user_id }) => user_id === undefined || user_id === sub],
    ['tenant_wrong', (claims) => (account(claims).tenant ?? null) === row.tenant],
    ['provider_unacceptable', (claims) => isProvider(account(claims).sign_in_provider)],
  ],
  read: (claims) => ({
    clientId: undefined,
    service: false,
    scope: claims.scope,
    defaultScopes: row.defaultScopes,
    groups: claims.groups,
    name: claims.name,
  }),
})

/** The `firebase` claim; what is no object says nothing, and with it there is no provider. */
const account = ({ firebase }: JsonObject): JsonObject =>
  typeof firebase === 'object' && firebase !== null && !Array.isArray(firebase) ? (firebase as JsonObject) : {}

/** How the person signed in: every ID token says so. Who signed in anonymously is nobody yet. */
const isProvider = (provider: unknown): boolean =>
  typeof provider === 'string' && provider !== '' && provider !== 'anonymous'
