/** Creates the principal of a verified token. No other file does. */
import type { Service, User } from '@fieldnotes/core/principal'
import { isJsonObject, type JsonObject } from '../token/strict-json.ts'
import type { TokenProfile } from '../token/token-profile.ts'
import { parseActor } from './delegation.ts'
import { parseEmail, parseName } from './name-and-email.ts'
import { personId } from './person-id.ts'
import { parseGroups, parseScopes } from './scopes-and-groups.ts'

/** What is needed of the token's issuer. */
export interface PrincipalSource {
  /** The issuer's name in the settings. */
  readonly name: string
  readonly profile: TokenProfile
  /** The issuer's scope → the API's scopes. */
  readonly scopes: ReadonlyMap<string, readonly string[]>
  readonly groupsMax: number
}

/**
 * Creates a frozen principal from claims that passed `assertClaims`.
 * @throws UNAUTHENTICATED for groups or actors of the wrong form
 */
export function createPrincipal(
  claims: JsonObject,
  { name, profile, scopes, groupsMax }: PrincipalSource,
): User | Service {
  const caller = profile.read(claims)
  const subject = String(claims.sub)
  const known = {
    issuer: name,
    subject,
    clientId: caller.clientId,
    scopes: parseScopes(caller.scope, scopes, caller.defaultScopes),
    groups: parseGroups(caller.groups, name, groupsMax),
    authenticatedAt: optional(claims.auth_time, Number),
    tokenId: optional(claims.jti, String),
    actor: parseActor(caller.actor),
    thirdParty: caller.thirdParty,
    boundTo: thumbprintOf(claims),
    via: 'bearer',
    expiresAt: Number(claims.exp),
  } as const
  const derivedId = personId(profile.issuers[0], subject)
  if (caller.isService) return Object.freeze({ kind: 'service', id: derivedId, ...known, loginId: undefined })
  return Object.freeze({
    kind: 'user',
    id: caller.personId ?? derivedId,
    ...known,
    loginId: optional(caller.loginId, String),
    name: parseName(caller.name),
    email: parseEmail(claims),
  })
}

/** The key to which the token is bound (RFC 9449 §6.1). */
function thumbprintOf({ cnf }: JsonObject): string | undefined {
  return isJsonObject(cnf) ? String(cnf.jkt) : undefined
}

function optional<T>(claim: unknown, convert: (claim: unknown) => T): T | undefined {
  return claim === undefined ? undefined : convert(claim)
}
