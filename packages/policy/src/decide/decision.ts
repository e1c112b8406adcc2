/** The result of a rule: allowed, or refused with a code. */
import type { Principal } from '@fieldnotes/core/principal'
import type { Remedy } from '@fieldnotes/core/remedy'

export type RefusalCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'UNAVAILABLE'

export interface Allowed {
  readonly allowed: true
  /** The name of the rule that decided. */
  readonly leaf: string
}

/** A refusal with its code. A hidden object has no remedy, which would reveal that it exists. */
export type Refused = Hidden | Remediable

interface Hidden extends RefusedRule {
  readonly code: 'NOT_FOUND'
  readonly remedy?: never
}

interface Remediable extends RefusedRule {
  readonly code: Exclude<RefusalCode, 'NOT_FOUND'>
  /** What the caller can do about it. It becomes `extensions.remedy` of the error. */
  readonly remedy?: Remedy
}

interface RefusedRule {
  readonly allowed: false
  /** The name of the rule that decided; alternatives that all refused are joined by `|`. */
  readonly leaf: string
  /** The names of the rules of which one more would have to allow. Empty when the rule could not be evaluated. */
  readonly missing: readonly string[]
  /** What the rule threw, when it could not be evaluated. For the log only. */
  readonly cause?: unknown
}

/**
 * What a rule decided about one caller, and the rule that decided.
 * @example
 * ```ts
 * import type { Decision } from '@fieldnotes/policy/decision'
 *
 * const wordsOf = (decision: Decision) => (decision.allowed ? 'yes' : `${decision.code} by ${decision.leaf}`)
 * ```
 */
export type Decision = Allowed | Refused

/**
 * The code of a refusal: NOT_FOUND when the object is hidden, UNAUTHENTICATED for the anonymous caller, else FORBIDDEN.
 * @param hidden whether the refusing rule is under `notFound`
 * @internal
 */
export function refusalCode(principal: Principal, hidden: boolean): RefusalCode {
  if (hidden) return 'NOT_FOUND'
  return principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
}
