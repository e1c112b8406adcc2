/** How oidc-provider gives and renews tokens. Lifetimes are those of the table of grants. */
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'

/**
 * Refresh tokens of public clients are rotated: nothing else shows that one was stolen (RFC 9700 §4.14.2), and one that
 * is used twice ends the grant. A confidential client proves itself at each refresh, and keeps its own: a crash between
 * the answer and its storing loses nothing.
 */
export const renewal = {
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  expiresWithSession: () => false,
  rotateRefreshToken: ({ oidc }) => oidc.client?.clientAuthMethod === 'none',
} as const satisfies Configuration

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
