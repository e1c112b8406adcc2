/** JWT access tokens of an OpenID Connect issuer (RFC 9068 §2.2, §4). */
import type { OidcIssuer } from './issuer.ts'
import { isPlain } from './plain.ts'
import type { Profile } from './profile.ts'
import type { JsonObject } from './strict-json.ts'

/** `sub` equal to the client id is a client acting for itself (RFC 9068 §2.2, §5); `serviceClientIds` names further ones. */
export function oidcProfile(row: OidcIssuer): Profile {
  const { clientId = 'client_id', groups = 'groups' } = row.claims ?? {}
  const services = new Set(row.serviceClientIds)
  const clients = row.clientIds ? new Set([...row.clientIds, ...services]) : undefined
  return {
    issuers: [row.issuer],
    algorithms: row.algorithms,
    types: ['at+jwt', 'application/at+jwt'],
    audience: row.audience,
    rules: [
      ['audience_wrong', ({ aud }) => isForUs(aud, row)],
      ['client_unknown', ({ [clientId]: id }) => isPlain(id) && (clients === undefined || clients.has(id))],
      ['identity_contradictory', (claims) => namesOneClient(claims, clientId)],
      ['token_id_invalid', ({ jti }) => jti !== undefined],
    ],
    read: (claims) => ({
      clientId: String(claims[clientId]),
      service: claims.sub === claims[clientId] || services.has(String(claims[clientId])),
      scope: claims.scope,
      defaultScopes: [],
      groups: claims[groups],
      name: claims.name,
    }),
  }
}

/** Every other recipient of a token could have replayed it to us (RFC 8725 §3.9), except the issuer's own endpoints. */
function isForUs(claim: unknown, { audience, issuerAudiences = [] }: OidcIssuer): boolean {
  if (!Array.isArray(claim)) return claim === audience
  const others = claim.filter((value) => value !== audience)
  return others.length === claim.length - 1 && others.every((value) => issuerAudiences.includes(value))
}

/** Where `azp` names the client, a `client_id` beside it must name the same one. */
function namesOneClient({ azp, client_id }: JsonObject, clientId: 'client_id' | 'azp'): boolean {
  return clientId === 'client_id' || client_id === undefined || client_id === azp
}
