/** How much a decision gives to a caller: access, or at least the knowledge that the object exists. */
import { anonymous } from '@fieldnotes/core/principal'
import { trace } from '../decide/trace.ts'
import type { Leaf } from '../rule/leaf.ts'
import { mapLeaves, type Tree } from '../rule/tree.ts'
import { compileFormula, type Valuation } from './atoms.ts'

/** `hidden` is NOT_FOUND; `refused` is every other refusal, which says that the object exists. */
export const levels = { hidden: 0, refused: 1, allowed: 2 } as const

export type LevelOf = (valuation: Valuation) => number

function canHide(tree: Tree): boolean {
  if ('trees' in tree) return tree.trees.some(canHide)
  return tree.kind === 'hidden' || ('tree' in tree && canHide(tree.tree))
}

/** The tree with the results of a valuation in place of its leaves. */
export function assumed(tree: Tree, atoms: readonly Leaf[], valuation: Valuation): Tree {
  return mapLeaves(tree, (leaf) => {
    const allowed = compileFormula(leaf, atoms)(valuation)
    return { ...leaf, test: () => allowed }
  })
}

function refusalLevel(tree: Tree, atoms: readonly Leaf[], valuation: Valuation): number {
  const context = { principal: anonymous }
  const decision = trace(assumed(tree, atoms, valuation), { context, parent: undefined, args: {} })
  return !decision.allowed && decision.code === 'NOT_FOUND' ? levels.hidden : levels.refused
}

/** The level of a rule as a function of a valuation. */
export function compileLevel(tree: Tree, atoms: readonly Leaf[]): LevelOf {
  const allows = compileFormula(tree, atoms)
  const hides = canHide(tree)
  return (valuation) => {
    if (allows(valuation)) return levels.allowed
    return hides ? refusalLevel(tree, atoms, valuation) : levels.refused
  }
}
