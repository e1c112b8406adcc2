/** What a client is told beside the status: `WWW-Authenticate` (RFC 6750 §3) and where to learn more (RFC 9728 §5.1). */
import type { AppError } from '@fieldnotes/core/error'
import { isRefusal } from '../refusals.ts'

/** The header's value, or `undefined` for errors that more authority would not mend. */
export function challengeOf(error: AppError, metadataUrl: string): string | undefined {
  const code = errorCode(error)
  if (code === undefined) return undefined
  return `Bearer ${code}resource_metadata="${metadataUrl}"`
}

/** Who presented nothing is told no error (RFC 6750 §3.1); who presented something learns that it will not do, and never why. */
function errorCode(error: AppError): string | undefined {
  if (error.code === 'FORBIDDEN') return 'error="insufficient_scope", '
  if (error.code !== 'UNAUTHENTICATED') return undefined
  return isRefusal(error) ? 'error="invalid_token", ' : ''
}
