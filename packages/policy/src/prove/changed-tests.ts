/** Rules that keep their name and decide otherwise. */
import type { Leaf } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { atomsMax } from './atoms.ts'
import { relatedAt } from './counterexample.ts'
import type { Model } from './model.ts'
import { callerTrees, examplesOf, leavesByName, type Pair, redefinedIn, testedAt, treeAt } from './redefined.ts'
import { forEachValuation } from './valuations.ts'
import { unknownFacts } from './watch.ts'

function hasLeaf(tree: Tree, name: string): boolean {
  return leavesOf(tree).some((leaf) => leaf.name === name)
}

/** The two tests of a redefined rule. */
function testsOf({ before, after }: Pair, name: string): readonly Leaf[] {
  return [before, after].flatMap((model) => leavesByName(model).get(name) ?? [])
}

/** The redefined rules of one field whose tests differ for an example, or read what no example varies. */
function changedAt(pair: Pair): readonly string[] {
  const { before, after, coordinate } = pair
  const trees = [before, after].map((model) => treeAt(model, coordinate))
  const names = [...pair.redefined].filter((name) => trees.some((tree) => hasLeaf(tree, name)))
  if (names.length === 0) return []
  const { atoms, relations } = relatedAt(after, coordinate, [...callerTrees, ...trees])
  if (atoms.length > atomsMax) return names
  const leaves = names.map((name) => [name, testsOf(pair, name)] as const)
  const changed = new Set<string>()
  forEachValuation(atoms, relations, (valuation) => {
    for (const example of examplesOf(pair, atoms, valuation))
      for (const [name, tests] of leaves) {
        const results = tests.map((leaf) => testedAt(pair, leaf, example))
        if (new Set(results).size > 1) changed.add(name)
      }
  })
  return names.filter((name) => changed.has(name) || unknownFacts(pair.reads.get(name)?.values() ?? []).length > 0)
}

/**
 * Names of rules that two models have in common, and whose tests differ for some example. A rule of which the examples
 * do not show that counts as changed.
 * @param redefined the names to compare
 */
export function changedTests(
  before: Model,
  after: Model,
  redefined: ReadonlySet<string> = redefinedIn(before, after),
): ReadonlySet<string> {
  const coordinates = new Set([...before.decisions.keys(), ...after.decisions.keys()])
  const changed = [...coordinates].flatMap((coordinate) =>
    changedAt({ before, after, coordinate, redefined, reads: new Map() }),
  )
  return new Set(changed)
}
