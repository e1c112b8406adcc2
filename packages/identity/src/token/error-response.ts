/** The HTTP response to a request that failed: status, `WWW-Authenticate` and a JSON body. */
import { AppError, type ErrorCode, errors } from '@fieldnotes/core/error'
import type { Remedy } from '@fieldnotes/core/remedy'
import { type ChallengeOptions, challengeOf } from './challenge.ts'

/** An HTTP response without a framework. Send `body` as JSON. */
export interface ErrorResponse {
  readonly status: number
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: {
    readonly code: ErrorCode
    readonly message: string
    readonly remedy?: Remedy
    /** Of a 401: the URL of the metadata, which `www-authenticate` has too. A gateway may rename that header. */
    readonly resourceMetadata?: string
  }
}

/**
 * Builds the response to an error. Only an AppError's code, message and remedy are public; every other error is
 * INTERNAL.
 */
export function errorResponse(error: unknown, options: ChallengeOptions): ErrorResponse {
  const known = error instanceof AppError ? error : new AppError('INTERNAL', 'unexpected', { cause: error })
  const challenge = challengeOf(known, options)
  // A step-up is a 401 (RFC 9470 §3).
  const status = known.remedy?.kind === 'STEP_UP' ? 401 : errors[known.code].status
  return {
    status,
    headers: { 'content-type': 'application/json', ...(challenge && { 'www-authenticate': challenge }) },
    body: {
      code: known.code,
      message: known.message,
      ...(known.remedy && { remedy: known.remedy }),
      ...(status === 401 && { resourceMetadata: options.metadataUrl }),
    },
  }
}
