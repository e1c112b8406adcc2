/** A leaf of a rule: one question with a name. Ours carry their own test beside graphql-shield's rule object. */
import type { Principal } from '@fieldnotes/core/principal'
import { type Rule, rule } from './shield.ts'

/** What a rule is handed as its third argument, and a resolver as its context. */
export interface Asked {
  readonly principal: Principal
}

export interface CallerLeaf {
  readonly kind: 'caller'
  readonly name: string
  readonly test: (principal: Principal) => unknown
}

export interface ObjectLeaf {
  readonly kind: 'object'
  readonly name: string
  /** Whether it looks at the arguments. One that does not is judged once per object. */
  readonly readsArgs: boolean
  /** The argument it looks at, such as `filter.tag`: the build checks that the field has it. */
  readonly argument?: string
  readonly test: (parent: unknown, args: unknown, asked: Asked, info: unknown) => unknown
  /** Says what was found, for the explanation only: it may quote the object. */
  readonly tell?: (principal: Principal, parent: unknown, args: unknown) => string
}

export type Leaf = CallerLeaf | ObjectLeaf

const leaves = new WeakMap<object, Leaf>()

/** A graphql-shield rule that carries `leaf`. */
export function makeLeaf(leaf: Leaf): Rule {
  const made =
    leaf.kind === 'caller'
      ? rule(leaf.name, { cache: 'contextual' })((_parent, _args, asked: Asked) => leaf.test(asked.principal) === true)
      : rule(leaf.name, { cache: 'no_cache' })(
          (parent, args, asked, info) => leaf.test(parent, args, asked, info) === true,
        )
  leaves.set(made, leaf)
  return made
}

/** The leaf that one of our builders put into `made`. */
export function leafIn(made: object): Leaf | undefined {
  return leaves.get(made)
}

const hiding = new WeakSet<object>()

/** Marks that a refusal of `rule` answers NOT_FOUND. */
export function markHiding(made: Rule): Rule {
  hiding.add(made)
  return made
}

/** Whether a refusal of `made` answers NOT_FOUND. */
export function hides(made: object): boolean {
  return hiding.has(made)
}
