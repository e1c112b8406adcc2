/**
 * OAuth 2.0 Protected Resource Metadata (RFC 9728): how a client that knows only the API's URL finds where to get a
 * token.
 */
import type { Algorithm } from '../token/token-profile.ts'
import type { Issuer } from './issuer.ts'

/** The metadata document (RFC 9728 §2). */
export interface ResourceMetadata {
  readonly resource: string
  readonly authorization_servers: readonly string[]
  readonly scopes_supported: readonly string[]
  readonly bearer_methods_supported: readonly ['header']
  /** Absent where no token that is bound to a key is accepted. */
  readonly dpop_signing_alg_values_supported?: readonly Algorithm[]
}

/**
 * Builds the document. Firebase is not listed, because it is not an OAuth authorization server (RFC 8414). Scopes have
 * the issuers' spelling, which clients request. `proofAlgorithms` is empty where no proof is accepted.
 */
export function resourceMetadata(
  issuers: readonly Issuer[],
  resource: string,
  proofAlgorithms: readonly Algorithm[],
): ResourceMetadata {
  const servers = issuers.filter(({ kind }) => kind !== 'firebase')
  const scopes = new Set(servers.flatMap((row) => Object.keys(row.scopes)))
  return {
    resource,
    authorization_servers: servers.map(({ issuer }) => issuer),
    scopes_supported: [...scopes].sort(),
    bearer_methods_supported: ['header'],
    ...(proofAlgorithms.length > 0 && { dpop_signing_alg_values_supported: proofAlgorithms }),
  }
}

/** The document's URL: the well-known name goes between host and path (RFC 9728 §3.1). */
export function resourceMetadataUrl(resource: string): string {
  const { origin, pathname, search } = new URL(resource)
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}${search}`
}
