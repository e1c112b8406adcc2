/** What a client can do about an error, as data: clients select their next step by `kind`. */

/**
 * One remedy. `kind` says which members it has.
 * @example
 * ```ts
 * import { AppError } from '@fieldnotes/core/error'
 * import type { Remedy } from '@fieldnotes/core/remedy'
 *
 * const remedy: Remedy = { kind: 'SCOPES', scopes: [['notes:write']] }
 * throw new AppError('FORBIDDEN', 'scope notes:write', { remedy })
 * ```
 */
export type Remedy = MoreScopes | SignIn | StepUp | RequestAccess | Retry

/** Request a token with further scopes. */
export interface MoreScopes {
  readonly kind: 'SCOPES'
  /**
   * At most 16 sets of scopes that the token lacks, as the API names them. One set is enough: the smallest is the
   * first, and none contains another. Of a rule that names more than eight scopes the smallest may be missing.
   */
  readonly scopes: readonly (readonly string[])[]
  /** The same sets in the spelling of the caller's issuer, where it differs. */
  readonly issuerScopes?: readonly (readonly string[])[]
}

/** Sign in: there was no credential, or it is no longer valid. */
export interface SignIn {
  readonly kind: 'SIGN_IN'
}

/** Sign in again: the last sign-in is too long ago (RFC 9470 §3). */
export interface StepUp {
  readonly kind: 'STEP_UP'
  /** Largest accepted age of the sign-in, in seconds. */
  readonly maxAge: number
}

/** The owner of the object can grant access. */
export interface RequestAccess {
  readonly kind: 'ASK_OWNER'
}

/** Send the same request again: a query, or a mutation with the same idempotency key. */
export interface Retry {
  readonly kind: 'RETRY'
  /** Seconds to wait before that. */
  readonly after?: number
}

/** Seconds that a client waits before it repeats a request that was UNAVAILABLE. */
const retryAfterSeconds = 1

/**
 * The remedies of codes for which the code alone says what helps. An error of such a code has it unless it is created
 * with a `remedy`, or with `remedy: undefined`.
 * @example
 * ```ts
 * import { defaultRemedies } from '@fieldnotes/core/remedy'
 *
 * const { after } = defaultRemedies.UNAVAILABLE // 1 second
 * ```
 */
export const defaultRemedies: Readonly<{ UNAUTHENTICATED: SignIn; UNAVAILABLE: Required<Retry> }> = {
  UNAUTHENTICATED: { kind: 'SIGN_IN' },
  UNAVAILABLE: { kind: 'RETRY', after: retryAfterSeconds },
}
