/** OAuth 2.0 Protected Resource Metadata (RFC 9728): how a client that knows only our URL finds out where to get a token. */
import type { Issuer } from './issuer.ts'

export interface ProtectedResourceMetadata {
  readonly resource: string
  readonly authorization_servers: readonly string[]
  readonly scopes_supported: readonly string[]
  readonly bearer_methods_supported: readonly ['header']
}

/** Firebase is left out: it is no OAuth authorization server (RFC 8414). Scopes are spelled as clients ask for them. */
export function metadataOf(issuers: readonly Issuer[], resource: string): ProtectedResourceMetadata {
  const servers = issuers.filter(({ kind }) => kind !== 'firebase')
  const scopes = new Set(servers.flatMap((row) => Object.keys(row.scopes)))
  return {
    resource,
    authorization_servers: servers.map(({ issuer }) => issuer),
    scopes_supported: [...scopes].sort(),
    bearer_methods_supported: ['header'],
  }
}

/** The well-known name goes between host and path (RFC 9728 §3.1). */
export function metadataUrlOf(resource: string): string {
  const { origin, pathname, search } = new URL(resource)
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}${search}`
}
