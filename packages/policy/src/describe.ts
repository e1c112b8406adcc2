/** Rules in words. */
import type { Tree } from './tree.ts'

/** Brackets only where reading needs them: around a row within a row of the other kind. */
const within = (tree: Tree, kind: Tree['kind']): string => {
  const needed = 'trees' in tree && tree.trees.length > 1 && tree.kind !== kind
  return needed ? `(${describe(tree)})` : describe(tree)
}

/** A rule as a reviewer reads it, such as `signed in and (mine or group staff)`. */
export const describe = (tree: Tree): string => {
  switch (tree.kind) {
    case 'constant':
      return tree.allowed ? 'allow' : 'deny'
    case 'caller':
    case 'object':
      return tree.name
    case 'all':
      return tree.trees.map((inner) => within(inner, tree.kind)).join(' and ')
    case 'any':
      return tree.trees.map((inner) => within(inner, tree.kind)).join(' or ')
    case 'not':
      return `not ${within(tree.tree, tree.kind)}`
    case 'hidden':
      return `${within(tree.tree, tree.kind)}, else not found`
  }
}
