/** What remains of a rule for a reader, once some of its leaves are known. */
import type { Tree } from '../rule/tree.ts'
import type { LeafResult } from './scope-sets.ts'

function constant(allowed: boolean): Tree {
  return { kind: 'constant', allowed }
}

/** One alternative that allows, or one condition that refuses, decides, whatever the others may throw. */
function remainingCombination(kind: 'all' | 'any', trees: readonly Tree[]): Tree {
  const deciding = kind === 'any'
  const open = trees.filter((tree) => tree.kind !== 'constant')
  if (trees.some((tree) => tree.kind === 'constant' && tree.allowed === deciding)) return constant(deciding)
  return open.length === 0 ? constant(!deciding) : { kind, trees: open }
}

/** What remains of a rule once the results of some leaves are known, for reading. */
export function remainingOf(tree: Tree, resultOf: LeafResult): Tree {
  switch (tree.kind) {
    case 'constant':
      return tree
    case 'caller':
    case 'object': {
      const result = resultOf(tree)
      return result === undefined ? tree : constant(result)
    }
    case 'hidden':
      return remainingOf(tree.tree, resultOf)
    case 'not': {
      const inner = remainingOf(tree.tree, resultOf)
      return inner.kind === 'constant' ? constant(!inner.allowed) : { kind: 'not', tree: inner }
    }
    default:
      return remainingCombination(
        tree.kind,
        tree.trees.map((inner) => remainingOf(inner, resultOf)),
      )
  }
}
