/** One recorded decision: facts and an outcome, without ids and without contents. */
import type { RefusalCode } from '../decide/decision.ts'

/** Names of facts, each true or false. */
export type Facts = Readonly<Record<string, boolean>>

/** What rules read of a caller. */
export interface CallerFacts {
  readonly kind: 'anonymous' | 'user' | 'service'
  readonly thirdParty: boolean
  /** All scopes of the caller. */
  readonly scopes: readonly string[]
  /** Only groups that the rules read: others may name people. */
  readonly groups: Facts
  /** Results of an application's own rules on the caller. */
  readonly rules: Facts
}

/** Equal decisions are one record with a count. */
export interface RecordedDecision {
  /** `Type.field`. */
  readonly field: string
  readonly caller: CallerFacts
  /** Results of the rules on the object and the arguments. A rule that threw is absent. */
  readonly object: Facts
  readonly outcome: 'allowed' | RefusalCode
  readonly count: number
}

const kinds: readonly unknown[] = ['anonymous', 'user', 'service']
const outcomes: readonly unknown[] = ['allowed', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'UNAVAILABLE']

type Members = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFacts(value: unknown): value is Facts {
  return isObject(value) && Object.values(value).every((fact) => typeof fact === 'boolean')
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function isCaller(value: unknown): value is CallerFacts {
  if (!isObject(value)) return false
  const { kind, thirdParty, scopes, groups, rules } = value
  return kinds.includes(kind) && typeof thirdParty === 'boolean' && isTexts(scopes) && isFacts(groups) && isFacts(rules)
}

/**
 * Whether a value that was read from a log is a record.
 * @internal
 */
export function isRecordedDecision(value: unknown): value is RecordedDecision {
  if (!isObject(value)) return false
  const { field, caller, object, outcome, count } = value
  const isCounted = Number.isSafeInteger(count) && (count as number) > 0
  return typeof field === 'string' && isCaller(caller) && isFacts(object) && outcomes.includes(outcome) && isCounted
}
