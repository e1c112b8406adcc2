/**
 * What remains of a rule once some leaves are known. The remaining rule gives the same result and throws in the same
 * cases.
 */
import type { CallerLeaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'

/** The result of a leaf on the caller; undefined while it is unknown. */
export type KnownLeaves = (leaf: CallerLeaf) => boolean | undefined

function constant(allowed: boolean): Tree {
  return { kind: 'constant', allowed }
}

/**
 * Rules are evaluated from left to right: a neutral constant is dropped, and a deciding constant ends the combination.
 * Rules before it stay, because they can throw.
 */
function evaluateCombination(kind: 'all' | 'any', trees: readonly Tree[]): Tree {
  const neutral = kind === 'all'
  const kept = trees.filter((tree) => tree.kind !== 'constant' || tree.allowed !== neutral)
  const end = kept.findIndex((tree) => tree.kind === 'constant')
  const remaining = end < 0 ? kept : kept.slice(0, end + 1)
  const [first] = remaining
  if (!first) return constant(neutral)
  return remaining.length === 1 ? first : { kind, trees: remaining }
}

/**
 * The rule that remains; a constant is a decision. It is for deciding only: whether a refusal is hidden is not kept.
 */
export function partiallyEvaluate(tree: Tree, known: KnownLeaves = () => undefined): Tree {
  switch (tree.kind) {
    case 'constant':
    case 'object':
      return tree
    case 'caller': {
      const result = known(tree)
      return result === undefined ? tree : constant(result)
    }
    case 'all':
    case 'any':
      return evaluateCombination(
        tree.kind,
        tree.trees.map((inner) => partiallyEvaluate(inner, known)),
      )
    case 'not': {
      const inner = partiallyEvaluate(tree.tree, known)
      return inner.kind === 'constant' ? constant(!inner.allowed) : { kind: 'not', tree: inner }
    }
    case 'hidden':
      return partiallyEvaluate(tree.tree, known)
  }
}
