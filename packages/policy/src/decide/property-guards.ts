/** Which resolvers are nothing but a rule in front of a property: an executor that knows may ask the rule and read for itself. */
import type { GraphQLFieldResolver } from 'graphql'
import type { Test } from './evaluate.ts'

export interface Guarded {
  /** Whether the property may be read. Looks neither at arguments nor at resolve info. */
  readonly test: Test
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

const known = new WeakMap<Resolver, Guarded>()

/** Remembers that `resolve` reads its field's property when `test` allows, and else refuses. */
export function markGuarded(resolve: Resolver, guarded: Guarded): Resolver {
  known.set(resolve, guarded)
  return resolve
}

/** What stands in front of the property that `resolve` reads; undefined for any other resolver. */
export function guardedBy(resolve: Resolver): Guarded | undefined {
  return known.get(resolve)
}
