/**
 * Access tokens of a Cognito user pool
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html).
 */
import { isPrintableAscii } from '../token/printable-ascii.ts'
import type { JsonObject } from '../token/strict-json.ts'
import type { TokenProfile } from '../token/token-profile.ts'
import { acceptedIssuers, type CognitoIssuer } from './issuer.ts'

/**
 * Cognito access tokens name a client. They have an `aud` only when the client requested a resource (RFC 8707): then it
 * must be `resource`. `origin_jti` names the sign-in: a refreshed token keeps it.
 */
export function cognitoProfile(row: CognitoIssuer, resource: string): TokenProfile {
  return {
    issuers: acceptedIssuers(row),
    algorithms: ['RS256'],
    types: [undefined, 'jwt'],
    audience: null,
    rules: [
      ['token_use_wrong', ({ token_use }) => token_use === 'access'],
      ['client_unknown', ({ client_id }) => row.clientIds.some((accepted) => accepted === client_id)],
      ['audience_wrong', ({ aud }) => aud === undefined || aud === resource],
      ['login_id_invalid', ({ origin_jti }) => origin_jti === undefined || isPrintableAscii(origin_jti)],
      ['identity_contradictory', ({ sub, client_id, username }) => sub !== client_id || username === undefined],
    ],
    read: (claims) => ({
      clientId: String(claims.client_id),
      isService: claims.sub === claims.client_id,
      scope: claims.scope,
      defaultScopes: [],
      groups: claims['cognito:groups'],
      name: claims.name ?? chosenName(claims),
      loginId: claims.origin_jti,
      thirdParty: false,
    }),
  }
}

/**
 * The `username` of a person who chose it. Cognito generates a UUID where people sign in by address, and
 * `<provider>_<subject>` for people of other providers, whose subject is often an address (AWS, "Mapping IdP attributes
 * to profiles and tokens"): neither is for other people.
 */
function chosenName({ sub, username }: JsonObject): unknown {
  return username === sub || (typeof username === 'string' && username.includes('_')) ? undefined : username
}
