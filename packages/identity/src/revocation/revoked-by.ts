/** Whether the entries of a revocation list refuse a principal. */
import type { Service, User } from '@fieldnotes/core/principal'
import { type Revocation, type RevokedIds, revokedText, revokedUntil } from '@fieldnotes/core/revocation'

/** Text of what is revoked → the latest instant in seconds; infinite for an entry without one. */
export type RevokedTexts = ReadonlyMap<string, number>

/** Indexes entries. Of several entries for one thing, the latest instant counts. */
export function indexRevocations(entries: readonly Revocation[]): RevokedTexts {
  const latest = new Map<string, number>()
  for (const entry of entries) {
    const text = revokedText(entry)
    const until = revokedUntil(entry) ?? Number.POSITIVE_INFINITY
    latest.set(text, Math.max(latest.get(text) ?? Number.NEGATIVE_INFINITY, until))
  }
  return latest
}

/**
 * Whether an entry names this principal's person, sign-in, token, app, client or key. An entry with an instant spares
 * only a person whose token says that the sign-in was later: `iat` does not count, since a refreshed token has a new
 * one. `auth_time` is of the issuer's clock: where that clock is n seconds ahead, the sign-ins of the last n seconds
 * before the instant are spared. Of the tokens that were accepted before the instant, that is at most 10 seconds
 * (`aheadSecondsMax`): `assertClaims` refuses an `auth_time` that is further ahead, until it no longer is.
 */
export function isRevokedBy(revoked: RevokedTexts, principal: User | Service): boolean {
  if (revoked.size === 0) return false
  const signedInAt = principal.kind === 'user' ? principal.authenticatedAt : undefined
  return namesOf(principal).some((ids) => {
    const until = revoked.get(revokedText(ids))
    return until !== undefined && !(signedInAt !== undefined && signedInAt > until)
  })
}

/** Everything by which this principal can be revoked. */
function namesOf(principal: User | Service): readonly RevokedIds[] {
  const { id: personId, issuer, clientId, loginId, tokenId, boundTo } = principal
  const client =
    clientId === undefined
      ? []
      : ([
          { kind: 'app', personId, clientId },
          { kind: 'client', issuer, clientId },
        ] as const)
  return [
    { kind: 'person', personId },
    ...client,
    ...(loginId === undefined ? [] : [{ kind: 'login', loginId } as const]),
    ...(tokenId === undefined ? [] : [{ kind: 'token', issuer, tokenId } as const]),
    ...(boundTo === undefined ? [] : [{ kind: 'key', thumbprint: boundTo } as const]),
  ]
}
