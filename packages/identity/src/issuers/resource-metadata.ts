/**
 * OAuth 2.0 Protected Resource Metadata (RFC 9728): how a client that knows only the API's URL finds where to get a
 * token.
 */
import type { Issuer } from './issuer.ts'

/** The metadata document (RFC 9728 §2). */
export interface ResourceMetadata {
  readonly resource: string
  readonly authorization_servers: readonly string[]
  readonly scopes_supported: readonly string[]
  readonly bearer_methods_supported: readonly ['header']
}

/**
 * Builds the document. Firebase is not listed, because it is not an OAuth authorization server (RFC 8414). Scopes have
 * the issuers' spelling, which clients request.
 */
export function resourceMetadata(issuers: readonly Issuer[], resource: string): ResourceMetadata {
  const servers = issuers.filter(({ kind }) => kind !== 'firebase')
  const scopes = new Set(servers.flatMap((row) => Object.keys(row.scopes)))
  return {
    resource,
    authorization_servers: servers.map(({ issuer }) => issuer),
    scopes_supported: [...scopes].sort(),
    bearer_methods_supported: ['header'],
  }
}

/** The document's URL: the well-known name goes between host and path (RFC 9728 §3.1). */
export function resourceMetadataUrl(resource: string): string {
  const { origin, pathname, search } = new URL(resource)
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}${search}`
}
