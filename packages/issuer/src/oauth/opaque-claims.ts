/**
 * Claims of an opaque access token, which the endpoint reads in the table in the place of those of a JWT (RFC 9068).
 */
import { digestOf } from '@fieldnotes/table/digest'
import type { AdapterPayload } from 'oidc-provider'

/** The claims. `jti` is the digest of the token: it names the token, and can't be presented. */
export function claimsOf(payload: AdapterPayload, token: string, issuer: string): Readonly<Record<string, unknown>> {
  const { accountId, clientId, aud, scope, iat, exp, extra, jkt } = payload
  return {
    ...extra,
    ...{ iss: issuer, sub: accountId, client_id: clientId, aud, scope, iat, exp },
    jti: digestOf(token),
    ...(jkt !== undefined && { cnf: { jkt } }),
  }
}
