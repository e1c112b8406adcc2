/** Rules in words. */
import type { Tree } from './tree.ts'

/** A combination of one rule is that rule. */
function bare(tree: Tree): Tree {
  const [first, second] = 'trees' in tree ? tree.trees : []
  return first && !second ? bare(first) : tree
}

/**
 * Brackets only where they are needed: around a combination within another one, and around a rule with a nested clause.
 */
function bracketed(inner: Tree, kind: Tree['kind']): string {
  const tree = bare(inner)
  const needed = tree.kind === 'hidden' || ('trees' in tree && tree.kind !== kind)
  return needed ? `(${describe(tree)})` : describe(tree)
}

/**
 * A rule as a reviewer reads it, such as `signed in and (mine or group staff)`. Two different rules never read alike.
 */
export function describe(rule: Tree): string {
  const tree = bare(rule)
  switch (tree.kind) {
    case 'constant':
      return tree.allowed ? 'allow' : 'deny'
    case 'caller':
    case 'object':
      return tree.name
    case 'all':
      return tree.trees.map((inner) => bracketed(inner, tree.kind)).join(' and ')
    case 'any':
      return tree.trees.map((inner) => bracketed(inner, tree.kind)).join(' or ')
    case 'not':
      return `not ${bracketed(tree.tree, tree.kind)}`
    case 'hidden':
      return `${bracketed(tree.tree, tree.kind)}, else not found`
  }
}
