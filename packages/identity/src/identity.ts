/** Any credential → a principal. Knows no GraphQL and no HTTP framework. */
import type { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'
import { createConfirm } from './account/account-check.ts'
import { type Authenticate, createAuthenticate } from './authenticate.ts'
import { defaultBounds } from './bounds.ts'
import { metadataOf, metadataUrlOf, type ProtectedResourceMetadata } from './issuers/resource-metadata.ts'
import { trustedIssuers } from './issuers/trusted-issuers.ts'
import type { Settings } from './settings.ts'
import { assertSettings } from './startup/assert-settings.ts'
import { challengeOf } from './token/challenge.ts'

export interface Identity {
  readonly authenticate: Authenticate
  /**
   * Asks the issuer, online, whether the account still stands; a no-op for issuers that are not switched on for it.
   * @throws UNAUTHENTICATED when it does not; UNAVAILABLE when the issuer does not say
   */
  readonly confirm: (principal: Principal) => Promise<void>
  /** The value of `WWW-Authenticate` (RFC 6750 §3) for UNAUTHENTICATED and FORBIDDEN; `undefined` for every other error. */
  readonly challenge: (error: AppError) => string | undefined
  /** The document to serve, as JSON, at `metadataUrl` (RFC 9728 §3). */
  readonly metadata: ProtectedResourceMetadata
  readonly metadataUrl: string
}

/** Throws an `Error` that names every wrong setting. Does no I/O: key sets are fetched when first needed. */
export function createIdentity(settings: Settings): Identity {
  assertSettings(settings)
  const { issuers, resource, clock = Date.now } = settings
  const bounds = { ...defaultBounds, ...settings.bounds }
  const metadataUrl = metadataUrlOf(resource)
  return {
    authenticate: createAuthenticate({ issuers: trustedIssuers(settings, bounds, clock), bounds, clock }),
    confirm: createConfirm(settings, bounds),
    challenge: (error) => challengeOf(error, metadataUrl),
    metadata: metadataOf(issuers, resource),
    metadataUrl,
  }
}
