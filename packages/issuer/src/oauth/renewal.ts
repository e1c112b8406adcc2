/** How oidc-provider gives and renews tokens. Lifetimes are those of the table of grants. */
import { type Configuration, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'

/**
 * Refresh tokens of public clients are rotated: nothing else shows that one was stolen (RFC 9700 §4.14.2), and one that
 * is used twice ends the grant. A confidential client proves itself at each refresh, and keeps its own: a crash between
 * the answer and its storing loses nothing.
 */
export function renewal(assertRenewable: AssertRenewable) {
  return {
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    // Its refresh tokens end with an access token that the client revokes. The grant would be left, and be of no use.
    revokeGrantPolicy: () => true,
    rotateRefreshToken: async (ctx) => {
      if (ctx.oidc.client?.clientAuthMethod !== 'none') return false
      await assertRenewable(ctx)
      return true
    },
  } as const satisfies Configuration
}

/**
 * oidc-provider takes the old refresh token before it looks at the target, at the policies and at the key. What throws
 * here leaves it, so that the same request succeeds once it is right, or the outage is over.
 */
export type AssertRenewable = (ctx: KoaContextWithOIDC) => Promise<void>

/** What decides whether a token can be given. */
export interface RenewableParts {
  /** As for the token itself. @throws InvalidTarget; InvalidScope; UNAVAILABLE */
  readonly serverOf: (ctx: KoaContextWithOIDC, target: string) => Promise<ResourceServer>
  /** Signs as for a token. @throws UNAVAILABLE */
  readonly sign: (message: Uint8Array) => Promise<unknown>
}

/** Refuses a refresh that would end without a token. */
export function assertRenewableBy({ serverOf, sign }: RenewableParts): AssertRenewable {
  return async (ctx) => {
    const token = ctx.oidc.entities.RefreshToken
    const target = ctx.oidc.params?.resource ?? token?.resource
    if (typeof target !== 'string' || target !== token?.resource) throw new errors.InvalidTarget()
    const { accessTokenFormat } = await serverOf(ctx, target)
    if (accessTokenFormat === 'jwt') await sign(Buffer.from('renewal'))
  }
}

/** Seconds until the grant of a request ends. */
function grantSeconds({ oidc }: KoaContextWithOIDC): number {
  return oidc.entities.Grant?.remainingTTL ?? 1
}

/** Functions alone: a number would replace the lifetimes of the table of grants. */
export const lifetimes = {
  AuthorizationCode: () => 60,
  Interaction: () => 600,
  // No person stays signed in: it ends with the request that began it.
  Session: () => 60,
  AccessToken: (ctx, { resourceServer }) => Math.min(resourceServer?.accessTokenTTL ?? 1, grantSeconds(ctx)),
  ClientCredentials: (_ctx, { resourceServer }) => resourceServer?.accessTokenTTL ?? 1,
  RefreshToken: grantSeconds,
} as const satisfies Configuration['ttl']
