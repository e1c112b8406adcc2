/**
 * The `WWW-Authenticate` header of a 401 or 403 (RFC 6750 §3, RFC 9449 §7.1), with the URL of the resource's metadata
 * (RFC 9728 §5.1), and with what its remedy says: the missing scopes, or the age of the sign-in (RFC 9470 §3).
 */
import type { AppError } from '@fieldnotes/core/error'
import type { MoreScopes } from '@fieldnotes/core/remedy'
import { isProofRefusal, isRefusal } from '../refusals.ts'
import type { Algorithm } from './token-profile.ts'

/** What the challenges of a resource say in addition. */
export interface ChallengeOptions {
  /** The URL of the resource's metadata. */
  readonly metadataUrl: string
  /** Algorithms of DPoP proofs. Empty where no proof is accepted. */
  readonly proofAlgorithms: readonly Algorithm[]
}

/**
 * Returns the header's value: one challenge for each scheme that is accepted, and for a refused proof the one of DPoP
 * alone. `undefined` for errors that another token would not change.
 */
export function challengeOf(error: AppError, { metadataUrl, proofAlgorithms }: ChallengeOptions): string | undefined {
  const reason = reasonOf(error)
  if (!reason) return undefined
  const parameters = [...reason, `resource_metadata="${metadataUrl}"`].join(', ')
  const bearer = `Bearer ${parameters}`
  if (proofAlgorithms.length === 0) return bearer
  const proof = `DPoP ${parameters}, algs="${proofAlgorithms.join(' ')}"`
  return isProofRefusal(error) ? proof : `${bearer}, ${proof}`
}

/**
 * A request without credential gets no error code (RFC 6750 §3.1). A refused token gets `invalid_token` and a refused
 * proof `invalid_dpop_proof`, without the reason.
 */
function reasonOf(error: AppError): readonly string[] | undefined {
  if (error.code === 'FORBIDDEN') return forbiddenReason(error)
  if (error.code !== 'UNAUTHENTICATED') return undefined
  if (isProofRefusal(error)) return ['error="invalid_dpop_proof"']
  return isRefusal(error) ? ['error="invalid_token"'] : []
}

/** An error without remedy says no more than that a token with more rights is needed. */
function forbiddenReason({ remedy }: AppError): readonly string[] | undefined {
  if (!remedy) return ['error="insufficient_scope"']
  if (remedy.kind === 'SCOPES') return ['error="insufficient_scope"', ...scopeOf(remedy)]
  return remedy.kind === 'STEP_UP'
    ? ['error="insufficient_user_authentication"', `max_age="${remedy.maxAge}"`]
    : undefined
}

/** The syntax of a scope (RFC 6749 §3.3). It can't end the quoted text. */
const scopeSyntax = /^[!#-[\]-~]+$/

/** The first set, which is the smallest, as the client's issuer spells it. */
function scopeOf({ scopes, issuerScopes = scopes }: MoreScopes): readonly string[] {
  const [set = []] = issuerScopes
  return set.length > 0 && set.every((scope) => scopeSyntax.test(scope)) ? [`scope="${set.join(' ')}"`] : []
}
