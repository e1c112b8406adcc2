/** The error codes of the API, and the one error class that carries them. */
import { defaultRemedies, type Remedy } from './remedy.ts'

/**
 * Every code, with its HTTP status outside GraphQL and its public message.
 * @example
 * ```ts
 * import { errors } from '@fieldnotes/core/error'
 *
 * const { status, message } = errors.NOT_FOUND // 404, 'Not found.'
 * ```
 */
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

/** A code whose errors may carry a remedy. For NOT_FOUND a remedy would reveal that the object exists. */
export type RemediableCode = Exclude<ErrorCode, 'NOT_FOUND'>

/** Optional parts of an error. */
export interface ErrorDetail {
  /** Replaces the code's public message. It must not quote what the caller sent or may not see. */
  readonly message?: string
  /** Public data beside the code, such as the argument's path or the seconds to wait. `remedy` is a part of its own. */
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly remedy?: never }
  /** The error that caused this one. For the log only. */
  readonly cause?: unknown
}

/** The parts of an error whose code allows a remedy. */
export interface RemediableDetail extends ErrorDetail {
  /** Replaces the default remedy of the code; `undefined` removes it. */
  readonly remedy?: Remedy | undefined
}

/** The default applies only where `remedy` is not named at all. */
function remedyOf(code: ErrorCode, detail: RemediableDetail): Remedy | undefined {
  if (code === 'NOT_FOUND') return undefined
  if ('remedy' in detail) return detail.remedy
  return (defaultRemedies as Partial<Record<ErrorCode, Remedy>>)[code]
}

/**
 * The only error that is thrown on purpose. A client may see `code`, `message`, `extensions` and `remedy`. `reason` and
 * `cause` are for the log only.
 * @example
 * ```ts
 * import { AppError } from '@fieldnotes/core/error'
 *
 * throw new AppError('BAD_USER_INPUT', 'title: too long', {
 *   message: 'A title has at most 200 characters.',
 *   extensions: { path: 'title' },
 * })
 * ```
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly reason: string
  readonly extensions: Readonly<Record<string, unknown>>
  /** What the client can do about it: that of the code where none is given. Always undefined for NOT_FOUND. */
  readonly remedy: Remedy | undefined

  constructor(code: RemediableCode, reason: string, detail?: RemediableDetail)
  constructor(code: ErrorCode, reason: string, detail?: ErrorDetail & { readonly remedy?: undefined })
  constructor(code: ErrorCode, reason: string, detail: RemediableDetail = {}) {
    super(detail.message ?? errors[code].message, { cause: detail.cause })
    this.code = code
    this.reason = reason
    this.extensions = detail.extensions ?? {}
    this.remedy = remedyOf(code, detail)
  }
}

/**
 * The public members of an error, as a GraphQL response has them in `extensions`. `status` is for the server alone, and
 * only `remedy` of the error itself becomes the member of that name.
 * @example
 * ```ts
 * import { AppError, publicExtensions } from '@fieldnotes/core/error'
 * import { GraphQLError } from 'graphql'
 *
 * function graphQLErrorOf(error: AppError): GraphQLError {
 *   return new GraphQLError(error.message, { extensions: { ...publicExtensions(error) } })
 * }
 * ```
 */
export function publicExtensions({ code, extensions, remedy }: AppError): PublicExtensions {
  const { status: _status, remedy: _remedy, code: _code, ...facts } = extensions
  return { code, ...facts, ...(remedy && { remedy }) }
}

/** What clients read beside the message of an error. */
export interface PublicExtensions {
  readonly [fact: string]: unknown
  readonly code: ErrorCode
  readonly remedy?: Remedy
}
