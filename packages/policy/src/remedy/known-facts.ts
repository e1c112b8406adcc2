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

/** The results of the object rules of one tree, as the bits of a number: the first rule is the lowest bit. */
export type Facts = number

/**
 * Returns the facts; `undefined` when the caller may not read one of them on this object. Throws what a rule throws.
 */
export type ReadFacts = (input: RuleInput, objectPath?: object) => Facts | undefined

/** Rules on the object in one rule, beyond which no remedy is computed. */
const factsMax = 30

export interface FactSources {
  readonly decisions: Decisions
  readonly callers: CallerVerdicts
  /** Rule name → `Type.field`, as in `RemedyOptions`. */
  readonly shownBy: Readonly<Record<string, string>>
}

export interface FactsOfTree {
  readonly read: ReadFacts
  /** The result of one rule on the object. */
  readonly resultOf: (leaf: ObjectLeaf, facts: Facts) => boolean
}

function objectLeavesOf(tree: Tree): readonly ObjectLeaf[] {
  return [...new Set(leavesOf(tree))].filter((leaf) => leaf.kind === 'object')
}

/** The rules of the fields of `type` that show the results; `undefined` for a result that no field shows. */
function showingTrees(leaves: readonly ObjectLeaf[], type: string | undefined, sources: FactSources) {
  const { decisions, shownBy } = sources
  const needed = leaves.filter(({ argument, maxAge }) => argument === undefined && maxAge === undefined)
  const shows = new Set(needed.map(({ name }) => (Object.hasOwn(shownBy, name) ? shownBy[name] : undefined)))
  return [...shows].map((show) => (show?.startsWith(`${type}.`) ? decisions.get(show) : undefined))
}

const noArguments = Object.freeze({})

/** Evaluates every test: the facts are then one number, by which a remedy is kept. */
function bitsOf(tests: readonly RuleTest[], { parent, args, context, info }: RuleInput, objectPath?: object): Facts {
  let facts = 0
  let bit = 1
  for (const test of tests) {
    if (test(parent, args, context, objectPath, info)) facts |= bit
    bit <<= 1
  }
  return facts
}

function reader(showing: readonly RuleTest[], tests: readonly RuleTest[]): ReadFacts {
  return (input, objectPath) => {
    for (const test of showing)
      if (!test(input.parent, noArguments, input.context, objectPath, input.info)) return undefined
    return bitsOf(tests, input, objectPath)
  }
}

/**
 * The facts of a rule on a field of `type`. What an argument guard finds is known to the caller, who wrote the
 * arguments, and so is the age of their own sign-in. Every other rule on the object needs a field of the same type that
 * shows its result.
 */
export function factsOfTree(tree: Tree, type: string | undefined, sources: FactSources): FactsOfTree {
  const leaves = objectLeavesOf(tree)
  const resultOf = (leaf: ObjectLeaf, facts: Facts): boolean => ((facts >> leaves.indexOf(leaf)) & 1) === 1
  const trees = showingTrees(leaves, type, sources)
  if (trees.includes(undefined) || leaves.length > factsMax) return { read: () => undefined, resultOf }
  const showing = (trees as readonly Tree[]).map((each) => compileRule(each, sources.callers))
  const tests = leaves.map((leaf) => compileRule(leaf, sources.callers))
  return { read: reader(showing, tests), resultOf }
}
