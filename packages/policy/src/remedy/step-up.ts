/** The remedy STEP_UP of a refusal: a new sign-in, where that alone would make its rule allow. */
import type { StepUp } from '@fieldnotes/core/remedy'
import type { RuleInput } from '../decide/trace.ts'
import type { ObjectLeaf } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { type FactSources, factsOfTree } from './known-facts.ts'
import { allowsAt } from './missing-scopes.ts'

type FindStepUp = (input: RuleInput, objectPath?: object) => StepUp | undefined

/** The smallest age that a rule wants; undefined for a rule that wants none. */
function maxAgeIn(tree: Tree): number | undefined {
  const ages = leavesOf(tree).flatMap((leaf) => (leaf.kind === 'object' ? (leaf.maxAge ?? []) : []))
  return ages.length === 0 ? undefined : Math.min(...ages)
}

/**
 * The finder for a rule on a field of `type`. A credential without the instant of a sign-in has no such remedy: the
 * next one of its kind would not have it either.
 */
export function stepUpFinder(tree: Tree, type: string | undefined, sources: FactSources): FindStepUp {
  const maxAge = maxAgeIn(tree)
  if (maxAge === undefined) return () => undefined
  const { read, resultOf } = factsOfTree(tree, type, sources)
  return (input, objectPath) => {
    const { principal } = input.context
    if (principal.kind !== 'user' || principal.authenticatedAt === undefined) return undefined
    const facts = read(input, objectPath)
    if (facts === undefined) return undefined
    const afterSignIn = (leaf: ObjectLeaf) => leaf.maxAge !== undefined || resultOf(leaf, facts)
    return allowsAt(tree, afterSignIn, principal) ? { kind: 'STEP_UP', maxAge } : undefined
  }
}
