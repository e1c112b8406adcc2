/** JWT access tokens of an OpenID Connect issuer (RFC 9068 §2.2, §4). */
import { isPrintableAscii } from '../token/printable-ascii.ts'
import type { JsonObject } from '../token/strict-json.ts'
import type { TokenProfile } from '../token/token-profile.ts'
import type { OidcIssuer } from './issuer.ts'

/**
 * A `sub` equal to the client id means that the client acts for itself (RFC 9068 §2.2, §5). `serviceClientIds` lists
 * further clients that do. A client that the row lists is the product's own. Where every client is accepted, all others
 * are third parties: the issuer alone decides which clients there are.
 */
export function oidcProfile(row: OidcIssuer): TokenProfile {
  const { clientId = 'client_id', groups = 'groups' } = row.claims ?? {}
  const services = new Set(row.serviceClientIds)
  const own = new Set([...(row.clientIds ?? []), ...services])
  const isOpen = !row.clientIds
  return {
    issuers: [row.issuer],
    algorithms: row.algorithms,
    types: ['at+jwt', 'application/at+jwt'],
    audience: row.audience,
    rules: [
      ['audience_wrong', ({ aud }) => isForThisApi(aud, row)],
      ['client_unknown', ({ [clientId]: id }) => isPrintableAscii(id) && (isOpen || own.has(id))],
      ['identity_contradictory', (claims) => namesOneClient(claims, clientId)],
      ['token_id_invalid', ({ jti }) => jti !== undefined],
    ],
    read: (claims) => ({
      clientId: String(claims[clientId]),
      isService: claims.sub === claims[clientId] || services.has(String(claims[clientId])),
      scope: claims.scope,
      defaultScopes: [],
      groups: claims[groups],
      name: claims.name,
      thirdParty: !own.has(String(claims[clientId])),
    }),
  }
}

/** Any other recipient of a token could replay it here (RFC 8725 §3.9), except for the issuer's own endpoints. */
function isForThisApi(claim: unknown, { audience, issuerAudiences = [] }: OidcIssuer): boolean {
  if (!Array.isArray(claim)) return claim === audience
  const others = claim.filter((value) => value !== audience)
  return others.length === claim.length - 1 && others.every((value) => issuerAudiences.includes(value))
}

/** Where `azp` names the client, a `client_id` in the same token must be equal to it. */
function namesOneClient({ azp, client_id }: JsonObject, clientId: 'client_id' | 'azp'): boolean {
  return clientId === 'client_id' || client_id === undefined || client_id === azp
}
