/** Rules before and after a change, where a rule of one name may have another test. */
import { settle } from '../decide/caller-verdicts.ts'
import type { Leaf } from '../rule/leaf.ts'
import { leavesOf, readTree, type Tree } from '../rule/tree.ts'
import { firstParty, person } from '../rules.ts'
import type { Valuation } from './atoms.ts'
import { usualId } from './caller-facts.ts'
import { type Example, exampleOf } from './example.ts'
import { compileLevel } from './levels.ts'
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
  /** Redefined leaf → what each of its tests reads of the examples. */
  readonly reads: Map<string, Map<Leaf, Reads>>
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

/** A caller, an object and arguments. */
export type Facts = Pick<Example, 'principal' | 'object' | 'args'>

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
  const byTest = all.get(leaf.name) ?? new Map<Leaf, Reads>()
  const reads: Reads = byTest.get(leaf) ?? new Map()
  all.set(leaf.name, byTest.set(leaf, reads))
  try {
    const result = resultAt(leaf, example)
    if (resultAt(leaf, watched(example, reads)) !== result) recordFailure(reads)
    return result
  } catch {
    recordFailure(reads)
    return false
  }
}

/** A second id of another form: a test may read the id as a text. */
const callerIds = [usualId, 'A0b1C2d3E4f5G6h7I8j9K0l1M2n']

/** The examples of a valuation: for each id of the caller an object, and its variants. */
export function examplesOf(
  { after: model, coordinate }: Pair,
  atoms: readonly Leaf[],
  valuation: Valuation,
): readonly Facts[] {
  const [type = ''] = coordinate.split('.')
  return callerIds.flatMap((callerId): readonly Facts[] => {
    const { principal, object, args } = exampleOf({ model, type, atoms, valuation, trees: [], callerId })
    const objects = [object, ...(model.variants[type]?.(object, principal) ?? [])]
    return objects.map((each) => ({ principal, object: each, args }))
  })
}

/** What one of the two models decides. */
interface Case {
  /** The valuation, in which each redefined leaf has the result of its own test for the example. */
  readonly valuation: Valuation
  readonly level: number
}

function bitOf(atoms: readonly Leaf[], leaf: Leaf): number {
  return 1 << atoms.findIndex(({ name }) => name === leaf.name)
}

/**
 * Decides at an example. A redefined leaf has the result of its own test, whatever the valuation says: the test may
 * have become wider or narrower than what the name meant.
 */
function compileCase(pair: Pair, model: Model, atoms: readonly Leaf[]): (valuation: Valuation, at?: Facts) => Case {
  const leaves = redefinedLeaves(pair, model)
  const levelOf = compileLevel(treeAt(model, pair.coordinate), atoms)
  return (valuation, example) => {
    if (!example) return { valuation, level: levelOf(valuation) }
    const tested = leaves.reduce<Valuation>((bits, leaf) => {
      const bit = bitOf(atoms, leaf)
      return testedAt(pair, leaf, example) ? bits | bit : bits & ~bit
    }, valuation)
    return { valuation: tested, level: levelOf(tested) }
  }
}

/** A field before and after at one example. The example is undefined where no test has to be evaluated. */
export interface Compared {
  readonly example: Facts | undefined
  readonly before: Case
  readonly after: Case
}

/** Whether rules of the field are decided by their tests. */
export function isTested(pair: Pair): boolean {
  return [pair.before, pair.after].some((model) => redefinedLeaves(pair, model).length > 0)
}

/** Decides before and after at each example of a valuation. */
export function compileCompared(pair: Pair, atoms: readonly Leaf[]): (valuation: Valuation) => readonly Compared[] {
  const [before, after] = [compileCase(pair, pair.before, atoms), compileCase(pair, pair.after, atoms)]
  const examplesAt = isTested(pair)
    ? (valuation: Valuation) => examplesOf(pair, atoms, valuation)
    : (): readonly undefined[] => [undefined]
  return (valuation) =>
    examplesAt(valuation).map((example) => ({
      example,
      before: before(valuation, example),
      after: after(valuation, example),
    }))
}
