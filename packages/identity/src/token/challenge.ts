/**
 * The `WWW-Authenticate` header of a 401 or 403 (RFC 6750 §3), with the URL of the resource's metadata (RFC 9728 §5.1),
 * and with what its remedy says: the missing scopes, or the age of the sign-in (RFC 9470 §3).
 */
import type { AppError } from '@fieldnotes/core/error'
import type { MoreScopes } from '@fieldnotes/core/remedy'
import { isRefusal } from '../refusals.ts'

/** Returns the header's value; `undefined` for errors that another token would not change. */
export function challengeOf(error: AppError, metadataUrl: string): string | undefined {
  const reason = reasonOf(error)
  return reason && `Bearer ${[...reason, `resource_metadata="${metadataUrl}"`].join(', ')}`
}

/**
 * A request without credential gets no error code (RFC 6750 §3.1). A refused credential gets `invalid_token`, without
 * the reason.
 */
function reasonOf(error: AppError): readonly string[] | undefined {
  if (error.code === 'FORBIDDEN') return forbiddenReason(error)
  if (error.code !== 'UNAUTHENTICATED') return undefined
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
