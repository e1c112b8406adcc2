/** Whether a sign-in at the laptop's user pool was revoked, by the table Access. */
import type { Log } from '@fieldnotes/core/log'
import type { User } from '@fieldnotes/core/principal'
import { personId } from '@fieldnotes/identity/person-id'
import { createRevocationList } from '@fieldnotes/identity/revocation-list'
import { signedWindowSeconds } from '@fieldnotes/identity/signed-requests'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { LocalIssuer } from '../issuers/local-issuers.ts'
import { type Claims, clientId } from '../issuers/token-claims.ts'

/** Whether the sign-in of an ID token is revoked. @throws when that can't be decided */
export type IsRevokedSignIn = (claims: Claims) => boolean | Promise<boolean>

interface RevokedSignInOptions {
  readonly userPool: Pick<LocalIssuer, 'name' | 'issuer'>
  readonly access: TableConfig
  readonly log: Log
}

/** The person of an ID token as the endpoint would know them by an access token of the same sign-in. */
function userOf({ name, issuer }: RevokedSignInOptions['userPool'], claims: Claims): User {
  const subject = String(claims.sub)
  return {
    kind: 'user',
    id: personId(issuer, subject),
    issuer: name,
    subject,
    clientId,
    scopes: new Set(),
    groups: new Set(),
    authenticatedAt: Number(claims.auth_time),
    tokenId: String(claims.jti),
    loginId: String(claims.origin_jti),
    actor: undefined,
    thirdParty: false,
    boundTo: undefined,
    via: 'bearer',
    name: undefined,
    email: undefined,
    expiresAt: Number(claims.exp),
  }
}

/** Builds the check. It reads the list at its first call, and again as every door does. */
export function createIsRevokedSignIn({ userPool, access, log }: RevokedSignInOptions): IsRevokedSignIn {
  const table = createTable(access)
  const isRevoked = createRevocationList({
    read: (sinceSeconds) => readRevocations(table, sinceSeconds),
    windowSeconds: signedWindowSeconds,
    clock: Date.now,
    log,
  })
  return (claims) => isRevoked(userOf(userPool, claims))
}
