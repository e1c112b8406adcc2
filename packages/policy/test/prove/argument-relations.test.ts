/** Statements about arguments, and what the types of the arguments exclude. */
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createModel, field, never, prove, type Statement, when } from '../../src/prove/prove.ts'
import { argument, given } from '../../src/rule/argument.ts'
import { and, has, inGroup, not, or, type Rule, signedIn } from '../../src/rules.ts'

const types = buildSchema(`
  enum Order { NAME SIZE AGE }
  input Filter { tag: String sizes: [Order!] trashed: Boolean = false deep: Filter }
  input Item { a: Int! = 1 }
  type Query { items(one: Item! = {}, some: [Item!]! = [], maybe: Item = {}): Int notes(filter: Filter, order: Order, first: Int!, page: Int = 1): Int }
`)

const staff = inGroup('g:staff')
const guarded = and(signedIn, argument('order', staff, ['SIZE']), argument('filter.tag', has('tags')))

function proofOf(statement: Statement, rule: Rule = guarded) {
  const [proof] = prove(createModel(types, { Query: { notes: rule, items: signedIn } }), { it: statement })
  if (!proof) throw new Error('no proof')
  return proof
}

const notes = field('Query.notes')

describe('a statement about an argument', () => {
  it('holds while the argument is guarded', () => {
    expect(proofOf(never(notes, when(given('order', ['SIZE']), not(staff)))).holds).toBe(true)
    expect(proofOf(never(notes, when(given('filter.tag'), not(has('tags'))))).holds).toBe(true)
  })

  it.each([
    ['a value', given('order', ['SIZE']), not(staff), { order: 'SIZE' }],
    ['a member', given('filter.tag'), not(has('tags')), { filter: { tag: '<tag>' } }],
    ['an item of a list', given('filter.sizes', ['AGE']), not(staff), { filter: { sizes: ['AGE'] } }],
  ])('is false without the guard, with a request that uses %s', (_what, used, without, variables) => {
    const { holds, counterexample } = proofOf(never(notes, when(used, without)), signedIn)
    expect({ holds, differs: counterexample?.differs }).toEqual({ holds: false, differs: [] })
    expect(counterexample?.request?.variables).toEqual({ ...variables, first: 1 })
  })
})

describe('what no request can do', () => {
  it.each([
    ['one value and another one', [given('order', ['SIZE']), given('order', ['AGE'])]],
    ['a value without the argument', [given('order', ['SIZE']), not(given('order'))]],
    ['a member without its input', [given('filter.tag'), not(given('filter'))]],
    ['a value that is not one of several', [given('order', ['SIZE']), not(given('order', ['SIZE', 'AGE']))]],
    ['no value where one is required', [not(given('first'))]],
    ['no value where there is a default', [not(given('page'))]],
  ])('is no counterexample: %s', (_what, [first = signedIn, ...others]) => {
    expect(proofOf(never(notes, when(first, ...others)), signedIn).defect).toMatch(/no caller and object/)
  })

  it.each([
    ['two items of a list', [given('filter.sizes', ['SIZE']), given('filter.sizes', ['AGE'])]],
    ['a default of a member whose input is absent', [not(given('filter.trashed'))]],
    ['a member of a member', [given('filter.deep.tag'), not(given('filter.tag'))]],
    ['one of two values', [given('order', ['SIZE', 'AGE']), not(given('order', ['SIZE']))]],
  ])('leaves out: %s', (_what, [first = signedIn, ...others]) => {
    expect(proofOf(never(notes, when(first, ...others)), signedIn).counterexample).toBeDefined()
  })
})

describe('a member that has a default', () => {
  const items = field('Query.items')
  function isGiven(path: string): boolean {
    const model = createModel(types, { Query: { notes: guarded, items: or(signedIn, not(given(path))) } })
    return prove(model, { it: never(items, when(not(signedIn))) })[0]?.holds === true
  }

  it('is given by each request where its input can not be null', () => expect(isGiven('one.a')).toBe(true))

  // `items(maybe: null)` and `items(some: [])` have no such member.
  it.each(['maybe.a', 'some.a'])('may be absent where its input is null or an empty list: %s', (path) => {
    expect(isGiven(path)).toBe(false)
  })
})
