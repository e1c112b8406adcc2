/** The contents of the tokens that oidc-provider issues: Cognito's claims in place of its own. */
import { randomUUID } from 'node:crypto'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { openidScopes } from './clients.ts'
import type { People } from './people/people.ts'
import { accessClaims, machineClaims, originOf, profileClaims } from './token-contents.ts'

/** oidc-provider wants a resource for each JWT; this one leaves no trace in the token. */
export const poolResource = 'urn:fieldnotes:pool'

/** Cognito's access tokens have no audience, and oidc-provider insists on one: this value is not in the JSON. */
const absent = { toJSON: () => undefined }

/** Scopes of a person's token: OpenID Connect's are in the code or the refresh token, the others in the token. */
function scopeOf(ctx: KoaContextWithOIDC, own: string): string {
  const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities
  const whole = code?.scope ?? ctx.oidc.params?.scope ?? refresh?.scope ?? ''
  const openid = String(whole)
    .split(' ')
    .filter((scope) => openidScopes.includes(scope))
  return [...openid, own].filter((scope) => scope !== '').join(' ')
}

type Customizer = NonNullable<NonNullable<NonNullable<Configuration['formats']>['customizers']>['jwt']>

/** Replaces the contents of an access token by Cognito's. */
export function accessTokens(issuer: string, people: People): Customizer {
  return async (ctx, token, jwt) => {
    const { iat, scope = '', client_id, aud } = jwt.payload as Record<string, unknown>
    const [issuedAt, clientId] = [Number(iat), String(client_id)]
    const person = 'accountId' in token ? people.bySub(token.accountId ?? '') : undefined
    const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities
    const claims =
      person && 'grantId' in token
        ? await accessClaims(person, {
            issuer,
            clientId,
            originId: originOf(token.grantId ?? ''),
            scope: scopeOf(ctx, String(scope)),
            authTime: code?.authTime ?? refresh?.authTime ?? issuedAt,
            issuedAt,
            source: code ? 'TokenGeneration_HostedAuth' : 'TokenGeneration_RefreshTokens',
          })
        : machineClaims(issuer, clientId, String(scope), issuedAt)
    // Cognito's tokens have no `typ`.
    jwt.header = { typ: undefined }
    jwt.payload = { ...claims, aud: aud === poolResource ? absent : aud }
  }
}

/** The claims of ID tokens. */
export function accounts(people: People): Configuration['findAccount'] {
  return (_ctx, sub, token) => {
    const person = people.bySub(sub)
    const grantId = token && 'grantId' in token ? token.grantId : undefined
    const ids = { origin_jti: originOf(grantId ?? sub), event_id: randomUUID(), jti: randomUUID() }
    return person && { accountId: sub, claims: () => ({ sub, ...profileClaims(person), ...ids, token_use: 'id' }) }
  }
}
