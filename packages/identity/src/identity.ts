/** The package's entry: credentials of a request → a principal. Independent of GraphQL and of HTTP frameworks. */
import { AppError } from '@fieldnotes/core/error'
import type { Principal, Service, User } from '@fieldnotes/core/principal'
import { createOnlineCheck } from './account/online-check.ts'
import { type Authenticate, createAuthenticate } from './authenticate.ts'
import { defaultBounds } from './bounds.ts'
import { type ResourceMetadata, resourceMetadata, resourceMetadataUrl } from './issuers/resource-metadata.ts'
import { trustedIssuers } from './issuers/trusted-issuers.ts'
import { type Presentation, proofAlgorithms } from './proof/proofs.ts'
import type { Settings } from './settings.ts'
import { assertSettings } from './startup/assert-settings.ts'
import type { Headers } from './token/authorization.ts'
import { challengeOf } from './token/challenge.ts'
import { type ErrorResponse, errorResponse } from './token/error-response.ts'

/** The result of `createIdentity`. Its members need no `this`. */
export interface Identity {
  /**
   * Returns the caller that the `Authorization` header names; `anonymous` when there is no such header. Pass Node's
   * `request.headersDistinct`: `request.headers` hides a second `Authorization` header. With `proofs` of the settings,
   * pass `{ method, path }` of the request too: a DPoP proof is compared with them.
   * @throws UNAUTHENTICATED for every credential that fails a check; UNAVAILABLE when the issuer's keys, an opaque
   * token, the revocations or the policies of groups can't be fetched, or when a proof can't be consumed
   */
  readonly authenticate: Authenticate
  /**
   * As `authenticate`, for routes that need a caller.
   * @throws UNAUTHENTICATED also when there is no `Authorization` header
   */
  readonly requireCaller: (headers: Headers, presentation?: Presentation) => Promise<User | Service>
  /**
   * Checks online, at the principal's issuer, that the account is not disabled, deleted or signed out everywhere. It
   * costs one request each time. Does nothing for issuers without `onlineCheck: true`.
   * @throws UNAUTHENTICATED when the account is not in order; UNAVAILABLE when the issuer does not answer
   */
  readonly checkAccount: (principal: Principal) => Promise<void>
  /**
   * Returns the value of `WWW-Authenticate` (RFC 6750 §3, RFC 9449 §7.1) for UNAUTHENTICATED and FORBIDDEN; `undefined`
   * for every other error. It contains nothing that the caller sent.
   */
  readonly challenge: (error: AppError) => string | undefined
  /**
   * Returns status, headers and JSON body for any error. An error that is not an AppError gives 500 and INTERNAL; it is
   * not logged here. The response contains nothing that the caller sent.
   */
  readonly errorResponse: (error: unknown) => ErrorResponse
  /** The protected resource metadata to serve as JSON at `metadataUrl` (RFC 9728 §2). */
  readonly metadata: ResourceMetadata
  /** Where clients look for `metadata` (RFC 9728 §3.1). */
  readonly metadataUrl: string
}

/**
 * Builds an identity. It does no I/O: key sets are fetched when a token first needs them.
 * @throws Error that lists every wrong setting
 * @example
 * ```ts
 * import { createIdentity } from '@fieldnotes/identity/identity'
 * import { firebaseUrls } from '@fieldnotes/identity/issuer-urls'
 *
 * const project = { kind: 'firebase', name: 'firebase', projectId: 'my-project', tenant: null } as const
 * const identity = createIdentity({
 *   issuers: [{ ...project, ...firebaseUrls('my-project'), defaultScopes: ['notes:read'], scopes: {} }],
 *   resource: 'https://api.example.com/',
 *   loopbackIssuers: 'refuse',
 *   environment: process.env,
 *   log: console.log,
 * })
 * const principal = await identity.authenticate({ authorization: ['Bearer …'] })
 * ```
 */
export function createIdentity(settings: Settings): Identity {
  assertSettings(settings)
  const { issuers, resource, log, clock = Date.now, fetch = globalThis.fetch } = settings
  const bounds = { ...defaultBounds, ...settings.bounds }
  const trustPublishedKeys = settings.loopbackIssuers === 'trust'
  const trusted = trustedIssuers(issuers, { resource, trustPublishedKeys, fetch, clock, bounds, log })
  const metadataUrl = resourceMetadataUrl(resource)
  const authenticate = createAuthenticate({
    issuers: trusted,
    bounds,
    clock,
    log,
    introspect: settings.introspect,
    isRevoked: settings.isRevoked,
    allowedScopes: settings.allowedScopes,
    proofs: settings.proofs,
    resource,
  })
  const challenges = { metadataUrl, proofAlgorithms: settings.proofs ? proofAlgorithms : [] }
  return {
    authenticate,
    requireCaller: async (headers, presentation) => assertCaller(await authenticate(headers, presentation)),
    checkAccount: createOnlineCheck(settings, bounds),
    challenge: (error) => challengeOf(error, challenges),
    errorResponse: (error) => errorResponse(error, challenges),
    metadata: resourceMetadata(issuers, resource, challenges.proofAlgorithms),
    metadataUrl,
  }
}

function assertCaller(principal: Principal): User | Service {
  if (principal.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'no credential')
  return principal
}
