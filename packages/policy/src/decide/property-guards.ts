/**
 * Resolvers that only put a rule in front of a property: an executor may evaluate the rule and read the property
 * itself.
 */
import type { GraphQLFieldResolver } from 'graphql'
import type { RuleTest } from './compile-rule.ts'

export interface PropertyGuard {
  /** Whether the property may be read. It reads neither arguments nor resolve info. */
  readonly test: RuleTest
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

const guards = new WeakMap<Resolver, PropertyGuard>()

/** Records that `resolve` reads its field's property when the guard allows, and refuses otherwise. */
export function markPropertyGuard(resolve: Resolver, guard: PropertyGuard): void {
  guards.set(resolve, guard)
}

/** The guard in front of the property that `resolve` reads; undefined for any other resolver. */
export function propertyGuardOf(resolve: Resolver): PropertyGuard | undefined {
  return guards.get(resolve)
}
