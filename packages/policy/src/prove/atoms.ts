/** Rules as functions over atoms. An atom is a leaf of a rule; a valuation says which atoms are true. */
import type { Leaf } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'

/** The true atoms, one bit for each: bit 0 is the first atom. */
export type Valuation = number

/** Atoms of one check, by which its valuations grow: at most 2 to this power. More are refused. */
export const atomsMax = 20

/** The leaves of some rules, each once. Leaves of one name are one atom. */
export function atomsOf(trees: readonly Tree[]): readonly Leaf[] {
  return [...new Map(trees.flatMap(leavesOf).map((leaf) => [leaf.name, leaf])).values()]
}

/** Whether a rule allows in a valuation. */
export type Formula = (valuation: Valuation) => boolean

function compileCombination(formulas: readonly Formula[], deciding: boolean): Formula {
  return (valuation) => formulas.some((formula) => formula(valuation) === deciding) === deciding
}

/** The rule as a function of a valuation. A leaf that is no atom counts as false. */
export function compileFormula(tree: Tree, atoms: readonly Leaf[]): Formula {
  switch (tree.kind) {
    case 'constant':
      return () => tree.allowed
    case 'caller':
    case 'object': {
      const bit = 1 << atoms.findIndex(({ name }) => name === tree.name)
      return atoms.some(({ name }) => name === tree.name) ? (valuation) => (valuation & bit) !== 0 : () => false
    }
    case 'hidden':
      return compileFormula(tree.tree, atoms)
    case 'not': {
      const inner = compileFormula(tree.tree, atoms)
      return (valuation) => !inner(valuation)
    }
    case 'all':
    case 'any':
      return compileCombination(
        tree.trees.map((inner) => compileFormula(inner, atoms)),
        tree.kind === 'any',
      )
  }
}

/** The number of true atoms: the smaller, the easier an example is to read. */
export function sizeOf(valuation: Valuation): number {
  let size = 0
  for (let left = valuation; left !== 0; left &= left - 1) size += 1
  return size
}
