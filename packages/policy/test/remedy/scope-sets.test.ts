/** The smallest sets of scopes, compared with trying every set. */
import { sampleUser } from '@fieldnotes/core/sample-principals'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trace } from '../../src/decide/trace.ts'
import { scopeSetsOf } from '../../src/remedy/scope-sets.ts'
import type { Leaf } from '../../src/rule/leaf.ts'
import { readTree, type Tree } from '../../src/rule/tree.ts'
import { and, deny, has, not, or, type Rule, signedIn } from '../../src/rules.ts'

const scopes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The sets for a caller who is signed in and has no scope. */
function setsOf(rule: Rule): readonly (readonly string[])[] {
  return scopeSetsOf(
    readTree(rule),
    ({ kind, scope }: Leaf & { readonly scope?: string }) => kind === 'caller' && !scope,
  )
}

const allSets = scopes.reduce<readonly (readonly string[])[]>(
  (sets, scope) => sets.flatMap((set) => [set, [...set, scope]]),
  [[]],
)

function allows(tree: Tree, held: readonly string[]): boolean {
  const principal = sampleUser({ id: 'ann', scopes: new Set(held) })
  return trace(tree, { context: { principal }, parent: undefined, args: {} }).allowed
}

/** Every set with which the rule allows, and without any of whose scopes it refuses. */
function triedSets(rule: Rule): readonly string[] {
  const enough = allSets.filter((set) => allows(readTree(rule), set))
  const minimal = enough.filter((set) => !enough.some((other) => other.length < set.length && isWithin(other, set)))
  return minimal.map((set) => set.join(' ')).toSorted()
}

function isWithin(some: readonly string[], others: readonly string[]): boolean {
  return some.every((scope) => others.includes(scope))
}

const { rule } = fc.letrec<{ rule: Rule }>((tie) => {
  const several = fc.array(tie('rule') as fc.Arbitrary<Rule>, { minLength: 1, maxLength: 4 })
  return {
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Rule>(signedIn, deny, ...scopes.map((scope) => has(scope))),
      several.map((rules) => and(...rules)),
      several.map((rules) => or(...rules)),
    ),
  }
})

describe('the smallest sets of scopes', () => {
  it('are all minimal sets of a rule with eight scopes', () => {
    fc.assert(
      fc.property(rule, (tree) => {
        const found = setsOf(tree)
        expect(found.map((set) => set.toSorted().join(' ')).toSorted()).toEqual(triedSets(tree))
        expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).toSorted((a, b) => a - b))
      }),
    )
  })

  it('are all sets of four of eight scopes, which is the most there can be', () => {
    const fours = allSets.filter(({ length }) => length === 4)
    const found = setsOf(
      or(...fours.map(([first = '', ...more]) => and(has(first), ...more.map((scope) => has(scope))))),
    )
    expect([found.length, found.toSorted()]).toEqual([70, fours.toSorted()])
  })

  it('are found where a later condition makes alternatives superfluous', () => {
    const pairs = Array.from({ length: 12 }, (_, index) => or(has(`a${index}`), has(`b${index}`)))
    const demanded = pairs.map((_, index) => has(`b${index}`))
    expect(setsOf(and(...pairs, ...demanded))).toEqual([demanded.map((_, index) => `b${index}`)])
  })

  it('are some of those of a rule with very many alternatives, in bounded work', () => {
    const pairs = Array.from({ length: 20 }, (_, index) => or(has(`a${index}`), has(`b${index}`)))
    const found = setsOf(and(...pairs))
    expect(found.map((set) => new Set(set).size)).toEqual(Array(70).fill(20))
  })

  it('name scopes in the order of the rule, and leave out what not takes away', () => {
    expect(setsOf(and(or(has('a'), has('b')), has('c'), not(has('d'))))).toEqual([
      ['a', 'c'],
      ['b', 'c'],
    ])
    expect(setsOf(and(has('a'), deny))).toEqual([])
  })
})
