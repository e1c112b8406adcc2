/** Rules that have another name than before, and the same test. */
import type { Leaf } from '../rule/leaf.ts'
import { mapLeaves } from '../rule/tree.ts'
import { callerFactOf } from './caller-facts.ts'
import { changedTests } from './changed-tests.ts'
import type { Model } from './model.ts'
import { leavesByName } from './redefined.ts'

/** Former name → name. */
export type Renames = ReadonlyMap<string, string>

/** The model, with the new names in place of the former ones. */
export function rename(model: Model, names: Renames): Model {
  const renamed = (leaf: Leaf): Leaf => ({ ...leaf, name: names.get(leaf.name) ?? leaf.name })
  const other = (leaf: Leaf): Leaf => (names.has(leaf.name) ? renamed(leaf) : leaf)
  const decisions = new Map([...model.decisions].map(([coordinate, tree]) => [coordinate, mapLeaves(tree, other)]))
  return { ...model, decisions }
}

/** Leaves of scopes, groups and arguments are named by what they read: another name is another test. */
function isNamedFreely(leaf: Leaf): boolean {
  return leaf.kind === 'object' ? leaf.argument === undefined : callerFactOf(leaf) === undefined
}

/** The leaves of one model that no leaf of the other is called like. */
function leavesOnlyIn(model: Model, other: Model): readonly Leaf[] {
  const names = leavesByName(other)
  return [...leavesByName(model).values()].filter((leaf) => !names.has(leaf.name) && isNamedFreely(leaf))
}

/** Whether the two leaves have the same result for every example, and the examples vary all that the tests read. */
function haveSameTest(before: Model, former: Leaf, after: Model, leaf: Leaf): boolean {
  if (former.kind !== leaf.kind) return false
  const renamed = rename(before, new Map([[former.name, leaf.name]]))
  return !changedTests(renamed, after, new Set([leaf.name])).has(leaf.name)
}

/** The names that only `before` has, each with the name that only `after` has for the same test. */
export function renamesOf(before: Model, after: Model): Renames {
  const added = leavesOnlyIn(after, before)
  const pairs = leavesOnlyIn(before, after).map((former) => {
    const same = added.find((leaf) => haveSameTest(before, former, after, leaf))
    return [former.name, same?.name] as const
  })
  return new Map(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined))
}
