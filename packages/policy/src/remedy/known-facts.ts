/**
 * The facts about an object that its caller knows already. A remedy must depend on no other fact: its presence would
 * reveal the fact.
 */
import type { CallerVerdicts } from '../decide/caller-verdicts.ts'
import type { Decisions } from '../decide/check-table.ts'
import { compileRule, type RuleTest } from '../decide/compile-rule.ts'
import type { RuleInput } from '../decide/trace.ts'
import type { ObjectLeaf } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'

/** The results of the object rules of one tree. */
export type Facts = ReadonlyMap<ObjectLeaf, boolean>

/** Returns the facts; `undefined` when the caller may not read one of them on this object. Throws what a rule throws. */
export type ReadFacts = (input: RuleInput, objectPath?: object) => Facts | undefined

export interface FactSources {
  readonly decisions: Decisions
  readonly callers: CallerVerdicts
  /** Rule name → `Type.field`, as in `RemedyOptions`. */
  readonly shownBy: Readonly<Record<string, string>>
}

const unknown: ReadFacts = () => undefined

function objectLeavesOf(tree: Tree): readonly ObjectLeaf[] {
  return [...new Set(leavesOf(tree))].filter((leaf) => leaf.kind === 'object')
}

function evaluate(test: RuleTest, { parent, args, context, info }: RuleInput, objectPath?: object): boolean {
  return test(parent, args, context, objectPath, info)
}

/**
 * The reader of the facts of a rule on a field of `type`. What an argument guard finds is known to the caller, who
 * wrote the arguments. Every other rule on the object needs a field of the same type that shows its result.
 */
export function factsReader(tree: Tree, type: string | undefined, sources: FactSources): ReadFacts {
  const { decisions, callers, shownBy } = sources
  const leaves = objectLeavesOf(tree)
  const needed = leaves.filter(({ argument }) => argument === undefined)
  const shows = new Set(needed.map(({ name }) => (Object.hasOwn(shownBy, name) ? shownBy[name] : undefined)))
  const trees = [...shows].map((show) => (show?.startsWith(`${type}.`) ? decisions.get(show) : undefined))
  if (trees.includes(undefined)) return unknown
  const showing = (trees as readonly Tree[]).map((each) => compileRule(each, callers))
  const tests = leaves.map((leaf) => [leaf, compileRule(leaf, callers)] as const)
  return (input, objectPath) => {
    const bare = { ...input, args: {} }
    if (!showing.every((test) => evaluate(test, bare, objectPath))) return undefined
    return new Map(tests.map(([leaf, test]) => [leaf, evaluate(test, input, objectPath)]))
  }
}
