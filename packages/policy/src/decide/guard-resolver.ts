/** One resolver behind one rule. */
import type { GraphQLError, GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql'
import type { RuleContext } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'
import type { AddRemedy } from './add-remedy.ts'
import { isPrincipal, missingPrincipal } from './assert-principal.ts'
import type { RuleTest } from './compile-rule.ts'
import type { Refused } from './decision.ts'
import { fieldError, refusalError } from './graphql-errors.ts'
import { type RuleInput, trace } from './trace.ts'

type Resolver = GraphQLFieldResolver<unknown, unknown>

/** A rule that refuses first and allows when it is traced is not pure. The field stays closed. */
const inconsistent: Refused = {
  allowed: false,
  code: 'UNAVAILABLE',
  leaf: 'a rule that answers twice differently',
  missing: [],
}

export interface Guard {
  /** The schema coordinate of the field, such as `Note.title`. */
  readonly coordinate: string
  readonly tree: Tree
  /** The tree, compiled. */
  readonly test: RuleTest
  readonly addRemedy: AddRemedy
}

/** The error for a refused evaluation. The rule is evaluated again, to find the leaf that refused. */
function refusalOf({ coordinate, tree, addRemedy }: Guard, input: RuleInput, info: GraphQLResolveInfo): GraphQLError {
  if (!isPrincipal(input.context?.principal)) return fieldError(missingPrincipal(coordinate), info)
  const decision = trace(tree, input)
  const refused = decision.allowed ? inconsistent : decision
  return refusalError(coordinate, addRemedy(refused, input, info.path.prev), info)
}

/**
 * Calls `next` only when the test allows; throws a GraphQLError otherwise. What a test throws is found by the trace.
 */
export function guardResolver(guard: Guard, next: Resolver): Resolver {
  const { test } = guard
  return (parent, args, context, info) => {
    let allowed = false
    try {
      allowed = test(parent, args, context as RuleContext, info.path.prev, info)
    } catch {}
    if (allowed) return next(parent, args, context, info)
    throw refusalOf(guard, { context: context as RuleContext, parent, args, info }, info)
  }
}
