/** Access tokens of a Cognito user pool. They name a client, seldom an audience. */

import type { Profile } from '../token/token-profile.ts'
import type { CognitoIssuer } from './issuer.ts'

/** `aud` is there only when the client asked for a resource (RFC 8707): then it is ours alone. */
export function cognitoProfile(row: CognitoIssuer, resource: string): Profile {
  return {
    issuers: row.issuerAlias === undefined ? [row.issuer] : [row.issuer, row.issuerAlias],
    algorithms: ['RS256'],
    types: [undefined, 'jwt'],
    audience: null,
    rules: [
      ['token_use_wrong', ({ token_use }) => token_use === 'access'],
      ['client_unknown', ({ client_id }) => row.clientIds.some((ours) => ours === client_id)],
      ['audience_wrong', ({ aud }) => aud === undefined || aud === resource],
      ['identity_contradictory', ({ sub, client_id, username }) => sub !== client_id || username === undefined],
    ],
    read: (claims) => ({
      clientId: String(claims.client_id),
      service: claims.sub === claims.client_id,
      scope: claims.scope,
      defaultScopes: [],
      groups: claims['cognito:groups'],
      name: claims.name ?? claims.username,
    }),
  }
}
