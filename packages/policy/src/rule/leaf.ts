/** Leaves of a rule: named predicates on the caller or on the object. */
import type { Principal } from '@fieldnotes/core/principal'

/** The context of every resolver and rule: it holds the caller. Hosts may add members of their own. */
export interface RuleContext {
  readonly principal: Principal
}

/** A predicate on the caller alone. It is evaluated once per principal. */
export interface CallerLeaf {
  readonly kind: 'caller'
  readonly name: string
  /** The scope that the predicate looks for, if it looks for nothing else. A remedy can name it. */
  readonly scope?: string
  readonly test: (principal: Principal) => unknown
}

/** A predicate on the caller and the object whose field is read. */
export interface ObjectLeaf {
  readonly kind: 'object'
  readonly name: string
  /** Whether `test` reads the arguments. A leaf that does not is evaluated once per object. */
  readonly readsArgs: boolean
  /** The argument that `test` reads, such as `filter.tag`. A table is refused when its field lacks the argument. */
  readonly argument?: string
  /** The values of the argument for which `test` allows; any value when undefined. */
  readonly values?: readonly (string | number | boolean)[]
  /** The predicate wants a person's sign-in that is at most this old, in seconds, and nothing else. */
  readonly maxAge?: number
  readonly test: (parent: unknown, args: unknown, context: RuleContext, info: unknown) => unknown
  /** Describes what the rule found, for the explanation only. The text may quote the object. */
  readonly describe?: (principal: Principal, parent: unknown, args: unknown) => string
}

export type Leaf = CallerLeaf | ObjectLeaf
