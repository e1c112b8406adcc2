/** Who learns what of an opaque token (RFC 7662): its own client, and services of the product that receive it. */
import type { User } from '@fieldnotes/core/principal'
import type { IsRevoked } from '@fieldnotes/identity/revocation-list'
import { digestOf } from '@fieldnotes/table/digest'
import type Provider from 'oidc-provider'
import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import { issuerName } from '../clients/stored-clients.ts'
import { ownRow } from '../grants/client-rows.ts'
import { targetUrl } from '../grants/targets.ts'
import { answering } from './oauth-errors.ts'
import type { SignInOfGrant } from './sign-in-grant.ts'

/** A token that was found. The library has one of a program too, which is a JWT here. */
type Found = InstanceType<Provider['AccessToken' | 'RefreshToken' | 'ClientCredentials']>

/** What the endpoint needs. */
export interface IntrospectionParts {
  readonly origin: string
  /** Whether a grant has ended: its person, sign-in, client or app. */
  readonly hasEnded: (grant: SignInOfGrant) => Promise<boolean>
  readonly isRevoked: IsRevoked
}

/**
 * Whether a client may know a token, and the token would be accepted. Every other answer is that it is inactive, also
 * about tokens of others, so that nothing is learnt of them (RFC 7662 §2.2).
 */
export function maySee({ origin, hasEnded, isRevoked }: IntrospectionParts) {
  return async ({ oidc }: KoaContextWithOIDC, client: Client, token: Found): Promise<boolean> => {
    const grant = oidc.entities.Grant as SignInOfGrant | undefined
    if (!grant || !isFor(client, token, origin)) return false
    return answering(async () => !(await hasEnded(grant)) && !(await isRevoked(userOf(token, grant))))
  }
}

/** A refresh token is its client's alone. An access token is also of services that receive tokens of its audience. */
function isFor({ clientId }: Client, token: Found, origin: string): boolean {
  if (token.clientId === clientId) return true
  const row = ownRow(clientId)
  const receives = row?.profile === 'service' ? row.grants.exchange.receives : undefined
  return receives !== undefined && isAccessToken(token) && targetUrl(origin, receives) === token.aud
}

function isAccessToken(token: Found): token is InstanceType<Provider['AccessToken']> {
  return token.kind === 'AccessToken'
}

/** The person of a token, as a list of revocations compares it. */
function userOf(token: Found, { accountId, authTime, loginId }: SignInOfGrant): User {
  const revocable = {
    ...{ kind: 'user', id: accountId, issuer: issuerName, clientId: token.clientId, loginId },
    ...{ authenticatedAt: authTime, tokenId: digestOf(token.jti), boundTo: token.jkt },
  }
  return revocable as unknown as User
}

/** Koa middleware: a JWT is an unknown token, which is inactive and no error (RFC 7662 §2.2). */
export async function inactiveJwts(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  const { error } = (ctx.body ?? {}) as { readonly error?: unknown }
  if (ctx.oidc?.route !== 'introspection' || error !== 'unsupported_token_type') return
  ctx.status = 200
  ctx.body = { active: false }
}
