/**
 * The `WWW-Authenticate` header of a 401 or 403 (RFC 6750 §3), with the URL of the resource's metadata (RFC 9728 §5.1).
 */
import type { AppError } from '@fieldnotes/core/error'
import { isRefusal } from '../refusals.ts'

/** Returns the header's value; `undefined` for errors that another token would not change. */
export function challengeOf(error: AppError, metadataUrl: string): string | undefined {
  const code = errorCode(error)
  if (code === undefined) return undefined
  return `Bearer ${code}resource_metadata="${metadataUrl}"`
}

/**
 * A request without credential gets no error code (RFC 6750 §3.1). A refused credential gets `invalid_token`, without
 * the reason.
 */
function errorCode(error: AppError): string | undefined {
  if (error.code === 'FORBIDDEN') return 'error="insufficient_scope", '
  if (error.code !== 'UNAUTHENTICATED') return undefined
  return isRefusal(error) ? 'error="invalid_token", ' : ''
}
