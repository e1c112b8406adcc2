/** Every permitted valuation, compared with trying all of them and with the decisions of the policy. */
import { anonymous } from '@fieldnotes/core/principal'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trace } from '../../src/decide/trace.ts'
import { compileFormula, sizeOf } from '../../src/prove/atoms.ts'
import { forEachValuation } from '../../src/prove/valuations.ts'
import type { Leaf } from '../../src/rule/leaf.ts'
import { readTree, type Tree } from '../../src/rule/tree.ts'
import { allow, and, deny, not, notFound, object, or, type Rule } from '../../src/rules.ts'

const names = ['a', 'b', 'c', 'd', 'e']
const leaves = names.map((name) => object<ReadonlySet<string>>(name, (_principal, facts) => facts.has(name)))
const atoms = leaves.map((leaf) => readTree(leaf) as Leaf)

const { rule } = fc.letrec<{ rule: Rule }>((tie) => {
  const rules = fc.array(tie('rule'), { minLength: 1, maxLength: 3 })
  return {
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Rule>(allow, deny, ...leaves),
      rules.map((parts) => and(...parts)),
      rules.map((parts) => or(...parts)),
      tie('rule').map((inner) => not(inner)),
      tie('rule').map((inner) => notFound(inner)),
    ),
  }
})

function factsOf(valuation: number): ReadonlySet<string> {
  return new Set(names.filter((_, index) => (valuation & (1 << index)) !== 0))
}

const all = Array.from({ length: 2 ** names.length }, (_, valuation) => valuation)

function decides(tree: Tree, valuation: number): boolean {
  return trace(tree, { context: { principal: anonymous }, parent: factsOf(valuation), args: {} }).allowed
}

describe('a formula', () => {
  it('allows where the policy allows', () => {
    fc.assert(
      fc.property(rule, fc.constantFrom(...all), (made, valuation) => {
        const tree = readTree(made)
        expect(compileFormula(tree, atoms)(valuation)).toBe(decides(tree, valuation))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('valuations', () => {
  it('are all that the relations permit, each once', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (relations) => {
        // A relation without atoms is decided already.
        const trees = relations.map(readTree).filter((tree) => tree.kind !== 'constant')
        const found: number[] = []
        const count = forEachValuation(atoms, trees, (valuation) => found.push(valuation))
        const isConstant = (tree: Tree) => new Set(all.map((each) => decides(tree, each))).size === 1
        const due = all.filter((each) => trees.every((tree) => isConstant(tree) || decides(tree, each)))
        expect(count).toBe(found.length)
        if (trees.every((tree) => !isConstant(tree))) expect(found.toSorted((a, b) => a - b)).toEqual(due)
      }),
      { numRuns: 500 },
    )
  })

  it('without relations are two to the power of the atoms', () => {
    expect(forEachValuation(atoms, [], () => {})).toBe(32)
    expect(forEachValuation([], [], () => {})).toBe(1)
  })

  it('have the size of their true atoms', () => {
    expect(all.map(sizeOf)).toEqual(all.map((each) => factsOf(each).size))
  })
})
