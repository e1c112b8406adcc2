/**
 * Errors of openid-client as ours. Their causes are dropped: they contain requests and responses, in which there are
 * codes and tokens.
 */
import { AppError } from '@fieldnotes/core/error'

/** Members of the library's errors that are read here. */
interface ClientFailure {
  readonly name?: unknown
  readonly code?: unknown
  /** OAuth's own code, such as `invalid_grant`. */
  readonly error?: unknown
}

/** Answers that are refused: another issuer, another nonce, a damaged ID token, tokens beside the code. */
const refused = new Set([
  'OAUTH_AUTHORIZATION_RESPONSE_ERROR',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_PARSE_ERROR',
  'OAUTH_UNSUPPORTED_OPERATION',
])

/**
 * UNAUTHENTICATED where the provider does not accept the code or the token; BAD_USER_INPUT for a refused answer;
 * UNAVAILABLE for everything else: no answer, a wrong secret of our client.
 */
export function failureOf(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const { name, code, error } = (thrown ?? {}) as ClientFailure
  if (error === 'invalid_grant') return new AppError('UNAUTHENTICATED', 'provider_grant_refused')
  if (refused.has(String(code))) return new AppError('BAD_USER_INPUT', `provider_answer_refused ${wordOf(code)}`)
  const words = [name, code, error].filter((part) => part !== undefined).map(wordOf)
  return new AppError('UNAVAILABLE', `provider out of reach: ${words.join(' ')}`)
}

/** A code as one word: everything else is left out of the log. */
function wordOf(value: unknown): string {
  const text = String(value)
  return /^[\w-]{1,60}$/.test(text) ? text : 'other'
}
