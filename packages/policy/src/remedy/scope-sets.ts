/** The scopes that a rule needs: its smallest sets, computed through `and`, `or` and `not`. */
import type { Leaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'

/** Scopes that are enough together. */
export type ScopeSet = readonly string[]

/** The result of a leaf; `undefined` for one that may have either result. */
export type LeafResult = (leaf: Leaf) => boolean | undefined

/**
 * Most sets that are kept at each step, the smallest ones. It bounds the work for a rule with many alternatives. Eight
 * scopes have 70 sets of which none contains another at most (Sperner's theorem), so that none is lost. With more, the
 * smallest can be lost: a set that is small before another condition may be large with it.
 */
const setsMax = 70

/** Nothing has to be added. */
const satisfied: readonly ScopeSet[] = [[]]

/** No scope helps. */
const hopeless: readonly ScopeSet[] = []

/**
 * The smallest sets of scopes with which the tree has the result `wanted`, ordered by size and then as in the rule.
 * Scopes whose leaf is not true already are added; a scope is never taken away. Empty when no scope helps.
 */
export function scopeSetsOf(tree: Tree, resultOf: LeafResult, wanted = true): readonly ScopeSet[] {
  switch (tree.kind) {
    case 'constant':
      return tree.allowed === wanted ? satisfied : hopeless
    case 'caller':
    case 'object':
      return setsOfLeaf(tree, resultOf(tree), wanted)
    case 'not':
      return scopeSetsOf(tree.tree, resultOf, !wanted)
    case 'hidden':
      return scopeSetsOf(tree.tree, resultOf, wanted)
    case 'all':
    case 'any': {
      const parts = tree.trees.map((inner) => scopeSetsOf(inner, resultOf, wanted))
      return (tree.kind === 'all') === wanted ? everyOf(parts) : smallest(parts.flat())
    }
  }
}

function setsOfLeaf(leaf: Leaf, result: boolean | undefined, wanted: boolean): readonly ScopeSet[] {
  if (result === undefined || result === wanted) return satisfied
  const scope = leaf.kind === 'caller' ? leaf.scope : undefined
  return scope !== undefined && wanted ? [[scope]] : hopeless
}

/**
 * The sets that satisfy all parts: one set of each part, united. Parts with fewer alternatives come first: what they
 * demand makes other alternatives superfluous, so that fewer sets have to be kept.
 */
export function everyOf(parts: readonly (readonly ScopeSet[])[]): readonly ScopeSet[] {
  const written = [...new Set(parts.flat(2))]
  const united = parts
    .toSorted((a, b) => a.length - b.length)
    .reduce((sets, part) => smallest(sets.flatMap((set) => part.map((other) => [...set, ...other]))), satisfied)
  return united.map((set) => written.filter((scope) => set.includes(scope)))
}

function contains(set: ScopeSet, other: ScopeSet): boolean {
  return other.every((scope) => set.includes(scope))
}

/** The sets without those that contain another one, smallest first. */
function smallest(sets: readonly (readonly string[])[]): readonly ScopeSet[] {
  const kept: ScopeSet[] = []
  const distinct = sets.map((set) => [...new Set(set)])
  for (const set of distinct.toSorted((a, b) => a.length - b.length))
    if (!kept.some((smaller) => contains(set, smaller))) kept.push(set)
  return kept.slice(0, setsMax)
}
