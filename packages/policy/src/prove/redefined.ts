/** Rules before and after a change, where a rule of one name may have another test. */
import { settle } from '../decide/caller-verdicts.ts'
import type { Leaf } from '../rule/leaf.ts'
import { leavesOf, readTree, type Tree } from '../rule/tree.ts'
import { firstParty, person } from '../rules.ts'
import type { Valuation } from './atoms.ts'
import { type Example, exampleOf } from './example.ts'
import { compileLevel, type LevelOf } from './levels.ts'
import type { Model } from './model.ts'
import { type Reads, recordFailure, watch } from './watch.ts'

/** A test may read these whether or not a rule of the field does. */
export const callerTrees: readonly Tree[] = [person, firstParty].map(readTree)

const closed: Tree = { kind: 'constant', allowed: false }

/** One field before and after. */
export interface Pair {
  readonly before: Model
  readonly after: Model
  readonly coordinate: string
  /** Names of leaves that are other objects before and after: their tests may differ. */
  readonly redefined: ReadonlySet<string>
  /** Redefined leaf → what its tests read of the examples. */
  readonly reads: Map<string, Reads>
}

/** The leaves of all rules. */
export function leavesByName({ decisions }: Model): ReadonlyMap<string, Leaf> {
  return new Map([...decisions.values()].flatMap(leavesOf).map((leaf) => [leaf.name, leaf]))
}

/** Names of the leaves that are other objects before and after. */
export function redefinedIn(before: Model, after: Model): ReadonlySet<string> {
  const now = leavesByName(after)
  const old = [...leavesByName(before)].filter(([name, leaf]) => now.has(name) && now.get(name) !== leaf)
  return new Set(old.map(([name]) => name))
}

/** The rule of a field. Without one it is closed. */
export function treeAt({ decisions }: Model, coordinate: string): Tree {
  return decisions.get(coordinate) ?? closed
}

/** The redefined leaves that one of the two models has at the field. */
export function redefinedLeaves(pair: Pair, model: Model): readonly Leaf[] {
  return leavesOf(treeAt(model, pair.coordinate)).filter(({ name }) => pair.redefined.has(name))
}

type Facts = Pick<Example, 'principal' | 'object' | 'args'>

function resultAt(leaf: Leaf, { principal, object, args }: Facts): boolean {
  return settle(leaf.kind === 'caller' ? leaf.test(principal) : leaf.test(object, args, { principal }, undefined))
}

function watched({ principal, object, args }: Facts, reads: Reads): Facts {
  return {
    principal: watch(principal, 'caller', reads),
    object: watch(object, 'object', reads),
    args: watch(args, 'arguments', reads),
  }
}

/** The result of the leaf's own test. A test that throws refuses. */
export function testedAt({ reads: all }: Pair, leaf: Leaf, example: Facts): boolean {
  const reads = all.get(leaf.name) ?? new Map()
  all.set(leaf.name, reads)
  try {
    const result = resultAt(leaf, example)
    if (resultAt(leaf, watched(example, reads)) !== result) recordFailure(reads)
    return result
  } catch {
    recordFailure(reads)
    return false
  }
}

function bitOf(atoms: readonly Leaf[], leaf: Leaf): number {
  return 1 << atoms.findIndex(({ name }) => name === leaf.name)
}

/**
 * The valuation as one of the two models decides it. A redefined leaf has the result of its own test for the example of
 * the valuation, whatever the valuation says: the test may have become wider or narrower than what the name meant.
 */
export function compileTested(pair: Pair, model: Model, atoms: readonly Leaf[]): (valuation: Valuation) => Valuation {
  const leaves = redefinedLeaves(pair, model)
  if (leaves.length === 0) return (valuation) => valuation
  const type = pair.coordinate.split('.')[0] ?? ''
  return (valuation) => {
    const example = exampleOf({ model: pair.after, type, atoms, valuation, trees: [] })
    return leaves.reduce<Valuation>((bits, leaf) => {
      const bit = bitOf(atoms, leaf)
      return testedAt(pair, leaf, example) ? bits | bit : bits & ~bit
    }, valuation)
  }
}

/** The level of the rule in one of the two models, as a function of a valuation. */
export function levelIn(pair: Pair, model: Model, atoms: readonly Leaf[]): LevelOf {
  const level = compileLevel(treeAt(model, pair.coordinate), atoms)
  const tested = compileTested(pair, model, atoms)
  return (valuation) => level(tested(valuation))
}
