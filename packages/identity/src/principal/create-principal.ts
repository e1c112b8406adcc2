/** Where a principal is made. Everything in it comes from a token that was believed, and from its issuer's row. */
import { createHash } from 'node:crypto'
import type { Service, User } from '@fieldnotes/core/principal'
import type { JsonObject } from '../token/strict-json.ts'
import type { Profile } from '../token/token-profile.ts'
import { parseEmail, parseName } from './name-and-email.ts'
import { parseGroups, parseScopes } from './scopes-and-groups.ts'

export interface Voucher {
  /** Name of the row. */
  readonly name: string
  readonly profile: Profile
  readonly scopes: ReadonlyMap<string, readonly string[]>
  readonly groupsMax: number
}

/** Expects claims that `assertClaims` let pass. @throws UNAUTHENTICATED for scopes or groups of the wrong form */
export function principalOf(claims: JsonObject, { name, profile, scopes, groupsMax }: Voucher): User | Service {
  const facts = profile.read(claims)
  const subject = String(claims.sub)
  const known = {
    id: personId(profile.issuers[0], subject),
    issuer: name,
    subject,
    clientId: facts.clientId,
    scopes: parseScopes(facts.scope, scopes, facts.defaultScopes),
    groups: parseGroups(facts.groups, name, groupsMax),
    authenticatedAt: optional(claims.auth_time, Number),
    tokenId: optional(claims.jti, String),
    expiresAt: Number(claims.exp),
  }
  if (facts.service) return Object.freeze({ kind: 'service', ...known })
  return Object.freeze({ kind: 'user', ...known, name: parseName(facts.name), email: parseEmail(claims) })
}

/** Opaque and stable: 160 bits of SHA-256 over issuer and subject, each behind its length so that no two pairs read alike. */
export function personId(issuer: string, subject: string): string {
  return createHash('sha256')
    .update(lengthFirst(issuer))
    .update(lengthFirst(subject))
    .digest()
    .subarray(0, 20)
    .toString('base64url')
}

function lengthFirst(text: string): string {
  return `${Buffer.byteLength(text)}:${text}`
}

function optional<T>(claim: unknown, of: (claim: unknown) => T): T | undefined {
  return claim === undefined ? undefined : of(claim)
}
