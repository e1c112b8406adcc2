/**
 * Rule objects, and their constructors. The constructors have the names of graphql-shield, whose objects are accepted
 * too.
 */
import type { Leaf } from './leaf.ts'
import type { ShieldRule } from './shield-rule.ts'

/** `leaf` is a predicate; the other kinds combine rules. */
export type RuleKind = 'leaf' | 'allow' | 'deny' | 'and' | 'chain' | 'or' | 'race' | 'not' | 'notFound'

/** A rule made by a constructor of this package. */
export interface OwnRule {
  readonly kind: RuleKind
  /** The name of a leaf, which the matrix, the explanation and the log print; empty for other kinds. */
  readonly name: string
  /** The rules that this one combines. */
  readonly rules: readonly Rule[]
  /** The predicate of the kind `leaf`. */
  readonly leaf?: Leaf
  /** The second argument of `not`, which the check of the table refuses. */
  readonly error?: unknown
}

/** A rule of this package, or an object that graphql-shield 7 made. */
export type Rule = OwnRule | ShieldRule

const ownRules = new WeakSet<object>()

function make(kind: RuleKind, rules: readonly Rule[], more: Partial<OwnRule> = {}): OwnRule {
  const rule = { kind, name: '', rules, ...more }
  ownRules.add(rule)
  return rule
}

/** Whether `value` was created by a constructor of this file. */
export function isOwnRule(value: unknown): value is OwnRule {
  return typeof value === 'object' && value !== null && ownRules.has(value)
}

/** A rule that consists of one predicate. */
export function leafRule(leaf: Leaf): OwnRule {
  return make('leaf', [], { leaf, name: leaf.name })
}

/**
 * Every caller, without evaluating anything: the field keeps its resolver.
 * @example
 * ```ts
 * import { allow } from '@fieldnotes/policy/rules'
 *
 * const table = { Query: { version: allow } }
 * ```
 */
export const allow: OwnRule = make('allow', [])

/**
 * No caller.
 * @example
 * ```ts
 * import { deny } from '@fieldnotes/policy/rules'
 *
 * const table = { Query: { retired: deny } }
 * ```
 */
export const deny: OwnRule = make('deny', [])

/**
 * Allows when every rule allows. Evaluates from left to right, and ends at the first rule that refuses.
 * @example
 * ```ts
 * import { and, has, person } from '@fieldnotes/policy/rules'
 *
 * const table = { Mutation: { write: and(person, has('notes:write')) } }
 * ```
 */
export function and(...rules: readonly Rule[]): OwnRule {
  return make('and', rules)
}

/**
 * The same as `and`. graphql-shield distinguishes the two by the order of evaluation.
 * @example
 * ```ts
 * import { chain, has, person } from '@fieldnotes/policy/rules'
 *
 * const table = { Mutation: { write: chain(person, has('notes:write')) } }
 * ```
 */
export function chain(...rules: readonly Rule[]): OwnRule {
  return make('chain', rules)
}

/**
 * Allows when one rule allows. Evaluates from left to right, and ends at the first rule that allows.
 * @example
 * ```ts
 * import { has, inGroup, or } from '@fieldnotes/policy/rules'
 *
 * const table = { Query: { report: or(has('reports:read'), inGroup('cognito:staff')) } }
 * ```
 */
export function or(...rules: readonly Rule[]): OwnRule {
  return make('or', rules)
}

/**
 * The same as `or`. graphql-shield distinguishes the two by the order of evaluation.
 * @example
 * ```ts
 * import { has, inGroup, race } from '@fieldnotes/policy/rules'
 *
 * const table = { Query: { report: race(has('reports:read'), inGroup('cognito:staff')) } }
 * ```
 */
export function race(...rules: readonly Rule[]): OwnRule {
  return make('race', rules)
}

/**
 * Allows when `rule` was evaluated and refused. A rule that throws is not negated: the field is UNAVAILABLE.
 * @param error graphql-shield's second argument. A table that holds such a rule does not start.
 * @example
 * ```ts
 * import { not, object } from '@fieldnotes/policy/rules'
 *
 * const locked = object<{ locked: boolean }>('locked', (_caller, note) => note.locked)
 * const table = { Note: { body: not(locked) } }
 * ```
 */
export function not(rule: Rule, error?: string | Error): OwnRule {
  return make('not', [rule], { error })
}

/**
 * Reports a refusal of `rule` as NOT_FOUND: the caller must not learn that the object exists.
 * @example
 * ```ts
 * import { notFound, object } from '@fieldnotes/policy/rules'
 *
 * const mine = object<{ by: string }>('mine', (caller, note) => caller.kind === 'user' && caller.id === note.by)
 * const table = { Note: { body: notFound(mine) } }
 * ```
 */
export function notFound(rule: Rule): OwnRule {
  return make('notFound', [rule])
}
