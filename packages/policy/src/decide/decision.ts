/** What a rule decided, and why. */
import { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'

export type RefusalCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'UNAVAILABLE'

export interface Allowed {
  readonly allowed: true
  /** The name of the rule that decided. */
  readonly leaf: string
}

export interface Refused {
  readonly allowed: false
  readonly code: RefusalCode
  /** The name of the rule that decided; alternatives that all failed are joined by `|`. */
  readonly leaf: string
  /** The names of the rules of which one more would have been needed. Empty when the rule could not be decided. */
  readonly missing: readonly string[]
  /** What a rule threw that could not be decided. For the log only. */
  readonly cause?: unknown
}

export type Decision = Allowed | Refused

/** The code of a plain refusal: whoever has not signed in is asked to; whoever may not know is told that nothing is there. */
export function refusalCode(principal: Principal, hidden: boolean): RefusalCode {
  if (hidden) return 'NOT_FOUND'
  return principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
}

const refusals = new WeakMap<Error, Refused>()

/** Why `error` refuses, if a policy made it. For logs and the explanation. */
export function refusalIn(error: Error): Refused | undefined {
  return refusals.get(error)
}

/** Runs `make` without collecting stacks: an expected error needs none, and collecting costs more than deciding. */
export function withoutStack<Made>(make: () => Made): Made {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}

/** The error of a refusal at `place`. It has no stack: the reason names the place and the rule. */
export function refusalError(place: string, refused: Refused): AppError {
  return withoutStack(() => {
    const error = new AppError(refused.code, `${place}: ${refused.leaf}`, { cause: refused.cause })
    refusals.set(error, refused)
    return error
  })
}
