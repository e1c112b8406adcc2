/** Every valuation of some atoms that the relations between them permit. */
import type { Leaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'
import { atomsOf, compileFormula, type Formula, type Valuation } from './atoms.ts'

/** For each atom, the relations of which it is the last atom. */
function relationsByAtom(atoms: readonly Leaf[], relations: readonly Tree[]): readonly (readonly Formula[])[] {
  const lastOf = (relation: Tree) =>
    Math.max(...atomsOf([relation]).map(({ name }) => atoms.findIndex((atom) => atom.name === name)))
  return atoms.map((_, index) =>
    relations.filter((relation) => lastOf(relation) === index).map((relation) => compileFormula(relation, atoms)),
  )
}

/**
 * Visits each permitted valuation, small atoms first. A relation ends a branch as soon as its last atom has a value.
 * @returns the number of permitted valuations
 */
export function forEachValuation(
  atoms: readonly Leaf[],
  relations: readonly Tree[],
  visit: (valuation: Valuation) => void,
): number {
  const checks = relationsByAtom(atoms, relations)
  let count = 0
  const assign = (index: number, valuation: Valuation): void => {
    if (index > 0 && checks[index - 1]?.some((holds) => !holds(valuation))) return
    if (index === atoms.length) {
      count += 1
      visit(valuation)
      return
    }
    assign(index + 1, valuation)
    assign(index + 1, valuation | (1 << index))
  }
  assign(0, 0)
  return count
}
