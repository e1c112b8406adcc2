/** What remains of a rule once some answers are known. Folding never changes what the rule answers, nor whether it throws. */
import type { CallerLeaf } from './leaf.ts'
import type { Tree } from './tree.ts'

/** The answer of a leaf that looks only at the caller; undefined while it is open. */
export type Known = (leaf: CallerLeaf) => boolean | undefined

const constant = (allowed: boolean): Tree => ({ kind: 'constant', allowed })

/**
 * Rules are asked from left to right: a neutral answer disappears, a deciding one ends the row. What stands before it
 * stays, because it could still throw.
 */
const foldRow = (kind: 'all' | 'any', trees: readonly Tree[]): Tree => {
  const neutral = kind === 'all'
  const kept = trees.filter((tree) => tree.kind !== 'constant' || tree.allowed !== neutral)
  const end = kept.findIndex((tree) => tree.kind === 'constant')
  const row = end < 0 ? kept : kept.slice(0, end + 1)
  const [first] = row
  if (!first) return constant(neutral)
  return row.length === 1 ? first : { kind, trees: row }
}

/** The rule that remains. A constant is a decision. */
export const fold = (tree: Tree, known: Known = () => undefined): Tree => {
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

/** Whether a rule, as far as it is known, always allows, never allows, or depends on more. A rule that throws allows nothing. */
export type Outlook = 'allow' | 'deny' | 'depends'

const opposite = { allow: 'deny', deny: 'allow', depends: 'depends' } as const

/** Looks through rules that are still open: whatever stands beside it, one `deny` ends an `and`. */
export const outlook = (tree: Tree): Outlook => {
  switch (tree.kind) {
    case 'constant':
      return tree.allowed ? 'allow' : 'deny'
    case 'caller':
    case 'object':
      return 'depends'
    case 'not':
      return opposite[outlook(tree.tree)]
    case 'hidden':
      return outlook(tree.tree)
    case 'all':
    case 'any': {
      const parts = new Set(tree.trees.map(outlook))
      const [deciding, neutral] = tree.kind === 'all' ? (['deny', 'allow'] as const) : (['allow', 'deny'] as const)
      if (parts.has(deciding)) return deciding
      return parts.has('depends') ? 'depends' : neutral
    }
  }
}
