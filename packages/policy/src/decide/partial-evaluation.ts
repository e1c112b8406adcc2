/** What remains of a rule once some answers are known. Folding never changes what the rule answers, nor whether it throws. */
import type { CallerLeaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'

/** The answer of a leaf that looks only at the caller; undefined while it is open. */
export type Known = (leaf: CallerLeaf) => boolean | undefined

function constant(allowed: boolean): Tree {
  return { kind: 'constant', allowed }
}

/**
 * Rules are asked from left to right: a neutral answer disappears, a deciding one ends the row. What stands before it
 * stays, because it could still throw.
 */
function foldRow(kind: 'all' | 'any', trees: readonly Tree[]): Tree {
  const neutral = kind === 'all'
  const kept = trees.filter((tree) => tree.kind !== 'constant' || tree.allowed !== neutral)
  const end = kept.findIndex((tree) => tree.kind === 'constant')
  const row = end < 0 ? kept : kept.slice(0, end + 1)
  const [first] = row
  if (!first) return constant(neutral)
  return row.length === 1 ? first : { kind, trees: row }
}

/** The rule that remains. A constant is a decision. */
export function fold(tree: Tree, known: Known = () => undefined): Tree {
  switch (tree.kind) {
    case 'constant':
    case 'object':
      return tree
    case 'caller': {
      const answer = known(tree)
      return answer === undefined ? tree : constant(answer)
    }
    case 'all':
    case 'any':
      return foldRow(
        tree.kind,
        tree.trees.map((inner) => fold(inner, known)),
      )
    case 'not': {
      const inner = fold(tree.tree, known)
      return inner.kind === 'constant' ? constant(!inner.allowed) : { kind: 'not', tree: inner }
    }
    case 'hidden':
      return fold(tree.tree, known)
  }
}
