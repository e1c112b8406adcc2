/** The error codes of the API, and the one error class that carries them. */

/** Every code, with its HTTP status outside GraphQL and its public message. */
export const errors = {
  UNAUTHENTICATED: { status: 401, message: 'Sign in to do this.' },
  FORBIDDEN: { status: 403, message: 'You may not do this.' },
  NOT_FOUND: { status: 404, message: 'Not found.' },
  BAD_USER_INPUT: { status: 400, message: 'The input is not acceptable.' },
  CONFLICT: { status: 409, message: 'It was changed in the meantime.' },
  LIMIT_EXCEEDED: { status: 429, message: 'The request exceeds a limit.' },
  UNAVAILABLE: { status: 503, message: 'Not available right now. Try again.' },
  INTERNAL: { status: 500, message: 'Something went wrong on our side.' },
} as const

/** One of the codes. */
export type ErrorCode = keyof typeof errors

/** Optional parts of an error. */
export interface ErrorDetail {
  /** Replaces the code's public message. It must not quote what the caller sent or may not see. */
  readonly message?: string
  /** Public data beside the code, such as the argument's path or the seconds to wait. */
  readonly extensions?: Readonly<Record<string, unknown>>
  /** The error that caused this one. For the log only. */
  readonly cause?: unknown
}

/**
 * The only error that is thrown on purpose. A client may see `code`, `message` and `extensions`. `reason` and `cause`
 * are for the log only.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly reason: string
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, reason: string, detail: ErrorDetail = {}) {
    super(detail.message ?? errors[code].message, { cause: detail.cause })
    this.code = code
    this.reason = reason
    this.extensions = detail.extensions ?? {}
  }
}
