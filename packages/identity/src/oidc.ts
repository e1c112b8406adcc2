/** JWT access tokens of an OpenID Connect issuer (RFC 9068 §2.2, §4). */
import type { OidcIssuer } from './issuer.ts'
import { isPlain } from './plain.ts'
import type { Profile } from './profile.ts'

/** `sub` equal to `client_id` is a client acting for itself (RFC 9068 §2.2, §5). */
export function oidcProfile(row: OidcIssuer): Profile {
  return {
    issuers: [row.issuer],
    algorithms: row.algorithms,
    types: ['at+jwt', 'application/at+jwt'],
    audience: row.audience,
    rules: [
      ['audience_wrong', ({ aud }) => aud === row.audience || isOnly(aud, row.audience)],
      ['client_unknown', ({ client_id }) => isPlain(client_id)],
      ['token_id_invalid', ({ jti }) => jti !== undefined],
    ],
    read: (claims) => ({
      clientId: String(claims.client_id),
      service: claims.sub === claims.client_id,
      scope: claims.scope,
      defaultScopes: [],
      groups: claims.groups,
      name: claims.name,
    }),
  }
}

/** A token for us and for somebody else could have been replayed by that somebody (RFC 8725 §3.9). */
function isOnly(claim: unknown, expected: string): boolean {
  return Array.isArray(claim) && claim.length === 1 && claim[0] === expected
}
