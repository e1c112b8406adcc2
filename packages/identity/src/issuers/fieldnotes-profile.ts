/** Access tokens of the product's own issuer (RFC 9068 §2.2): they name a person by the id that the person has here. */
import { isPersonId } from '../principal/person-id.ts'
import { isPrintableAscii } from '../token/printable-ascii.ts'
import type { JsonObject } from '../token/strict-json.ts'
import type { ClaimRule, TokenProfile } from '../token/token-profile.ts'
import type { FieldnotesIssuer } from './issuer.ts'

/**
 * A person's token has the person's id as `sub`, and `auth_time` and `login_id` of the sign-in that it descends from. A
 * client that acts for itself is its own `sub` (RFC 9068 §2.2) and has neither. Groups are never read.
 */
export function fieldnotesProfile(row: FieldnotesIssuer, resource: string): TokenProfile {
  const firstParties = new Set(row.firstPartyClientIds)
  return {
    issuers: [row.issuer],
    algorithms: ['ES256'],
    types: ['at+jwt', 'application/at+jwt'],
    audience: resource,
    rules: [
      ['audience_wrong', ({ aud }) => aud === resource],
      ['client_unknown', ({ client_id }) => isPrintableAscii(client_id)],
      ['token_id_invalid', ({ jti }) => jti !== undefined],
      ...personRules.map(forPeople),
      ['identity_contradictory', (claims) => !isService(claims) || !namesSignIn(claims)],
    ],
    read: (claims) => ({
      clientId: String(claims.client_id),
      isService: isService(claims),
      scope: claims.scope,
      defaultScopes: [],
      groups: undefined,
      name: claims.name,
      personId: String(claims.sub),
      loginId: claims.login_id,
      actor: claims.act,
      thirdParty: !firstParties.has(String(claims.client_id)),
    }),
  }
}

const personRules: readonly ClaimRule[] = [
  ['subject_invalid', ({ sub }) => isPersonId(sub)],
  ['auth_time_invalid', ({ auth_time }) => auth_time !== undefined],
  ['login_id_invalid', ({ login_id }) => isPrintableAscii(login_id)],
]

function forPeople([reason, holds]: ClaimRule): ClaimRule {
  return [reason, (claims) => isService(claims) || holds(claims)]
}

function isService({ sub, client_id }: JsonObject): boolean {
  return sub === client_id
}

function namesSignIn({ auth_time, login_id }: JsonObject): boolean {
  return auth_time !== undefined || login_id !== undefined
}
