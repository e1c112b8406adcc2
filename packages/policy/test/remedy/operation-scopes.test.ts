import { anonymous } from '@fieldnotes/core/principal'
import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { scopesOfOperations } from '../../src/remedy/operation-scopes.ts'
import { argument } from '../../src/rule/argument.ts'
import {
  allow,
  and,
  deny,
  firstParty,
  has,
  inGroup,
  not,
  notFound,
  object,
  or,
  person,
  type Rule,
  signedIn,
} from '../../src/rules.ts'

const mine = object('mine', () => false)
const types = buildSchema(`
  type Query { book(size: Int, by: By): Book node: Node any: Any closed: Int }
  type Mutation { write: Book }
  input By { size: Int }
  interface Node { id: ID }
  union Any = Book | Pen
  type Book implements Node { id: ID title: String price: Int next: Book }
  type Pen implements Node { id: ID ink: Int }
`)
const table = {
  Query: {
    book: and(has('read'), argument('size', has('size')), argument('by.size', has('size'))),
    node: has('read'),
    any: allow,
    closed: deny,
  },
  Mutation: { write: or(has('write'), has('admin')) },
  Book: {
    id: has('books'),
    title: and(has('read'), mine),
    price: or(inGroup('staff'), and(has('prices'), not(mine))),
    next: allow,
  },
  Pen: { id: has('pens'), ink: has('ink') },
}

function needsOf(source: string) {
  return scopesOfOperations(types, table, parse(source))
}

function scopesOf(source: string) {
  return needsOf(source)[0]?.sets.map(({ scopes }) => scopes)
}

describe('the scopes of an operation', () => {
  const rows: readonly [string, string, readonly string[][]][] = [
    ['nothing', '{ any { __typename } }', [[]]],
    ['one field', '{ book { next { next { __typename } } } }', [['read']]],
    ['an alias', '{ a: book { b: id } }', [['read', 'books']]],
    [
      'alternatives',
      'mutation { write { title } }',
      [
        ['write', 'read'],
        ['admin', 'read'],
      ],
    ],
    ['a group in place of a scope', '{ book { price } }', [['read'], ['read', 'prices']]],
    ['every type of an interface', '{ node { id } }', [['read', 'books', 'pens']]],
    ['one type of an interface', '{ node { ... on Pen { id } } }', [['read', 'pens']]],
    ['an inline fragment within another type', '{ node { ... on Pen { ... on Book { id } ink } } }', [['read', 'ink']]],
    ['an inline fragment without a type', '{ node { ... { id } } }', [['read', 'books', 'pens']]],
    ['a union', '{ any { ... on Node { id } } }', [['books', 'pens']]],
    [
      'named fragments, on the types where they are spread',
      'query { any { ...F ... on Pen { ...F } } } fragment F on Node { ...G } fragment G on Pen { id }',
      [['pens']],
    ],
    ['a fragment that no operation spreads', '{ any { __typename } } fragment F on Pen { ink }', [[]]],
    ['a literal that leaves out', '{ any { ... on Pen { id @skip(if: true) ink @include(if: false) } } }', [[]]],
    ['a literal that keeps', '{ any { ... on Pen { id @skip(if: false) } } }', [['pens']]],
    ['a variable that may keep', 'query ($a: Boolean!) { any { ... on Pen @include(if: $a) { id } } }', [['pens']]],
    ['a guarded argument', '{ book(size: 1) { __typename } }', [['read', 'size']]],
    ['a guarded member', '{ book(by: { size: null }) { __typename } }', [['read', 'size']]],
    ['an argument that no guard names', '{ book(by: {}) { __typename } }', [['read']]],
    ['an argument in a variable', 'query ($b: By) { book(by: $b) { __typename } }', [['read', 'size']]],
    ['a field that is open to no caller', '{ closed book { id } }', []],
  ]
  it.each(rows)('are those of %s', (_name, source, expected) => {
    expect(scopesOf(source)).toEqual(expected)
  })

  it('are those of each operation by itself', () => {
    const needs = needsOf(
      'query A { node { ...F } } mutation B { write { ...F } } { any { __typename } } fragment F on Book { id }',
    )
    expect(needs.map(({ name, kind, sets }) => [name, kind, sets.map(({ scopes }) => scopes)])).toEqual([
      ['A', 'query', [['read', 'books']]],
      [
        'B',
        'mutation',
        [
          ['write', 'books'],
          ['admin', 'books'],
        ],
      ],
      [undefined, 'query', [[]]],
    ])
  })

  it('have conditions in words, each set its own', () => {
    const [{ sets = [] } = {}] = needsOf('{ book { id title price } }')
    expect(sets.map(({ scopes, conditions }) => [scopes, Object.fromEntries(conditions)])).toEqual([
      [['read', 'books'], { 'Book.title': 'mine', 'Book.price': 'group staff' }],
      [['read', 'books', 'prices'], { 'Book.title': 'mine', 'Book.price': 'group staff or not mine' }],
    ])
  })

  const a = has('a')
  const b = has('b')
  it.each<[string, Rule, readonly [string[], string | undefined][]]>([
    [
      'signed in, or a scope',
      or(signedIn, a),
      [
        [[], 'signed in'],
        [['a'], undefined],
      ],
    ],
    [
      'a person, or two scopes',
      or(person, and(a, b)),
      [
        [[], 'a person'],
        [['a', 'b'], undefined],
      ],
    ],
    [
      'a person, and our own app or a scope',
      and(person, or(firstParty, a)),
      [
        [[], 'a person and first party'],
        [['a'], 'a person'],
      ],
    ],
    [
      'our own app, or a group, or a scope',
      or(firstParty, inGroup('g'), a),
      [
        [[], 'first party or group g'],
        [['a'], undefined],
      ],
    ],
    ['a scope, else not found', notFound(and(a, mine)), [[['a'], 'mine']]],
    ['a scope that refuses', and(signedIn, not(a)), [[[], 'signed in']]],
    ['a scope that is wanted and refuses', and(a, not(a)), []],
    [
      'either of two scopes',
      or(a, b),
      [
        [['a'], undefined],
        [['b'], undefined],
      ],
    ],
  ])('say for a rule of %s what each set leaves open', (_, rule, expected) => {
    const [{ sets = [] } = {}] = scopesOfOperations(
      buildSchema('type Query { f: Int }'),
      { Query: { f: rule } },
      parse('{ f }'),
    )
    expect(sets.map(({ scopes, conditions }) => [scopes, conditions.get('Query.f')])).toEqual(expected)
  })

  it('are those of no field for a subscription that the schema lacks', () => {
    expect(needsOf('subscription { x }')).toEqual([])
  })
})

it('agrees with the decisions: without one of the scopes a field is refused', () => {
  const { decide } = createPolicy(types, table)
  expect(decide(anonymous, 'Pen.ink')).toMatchObject({ missing: ['scope ink'] })
  expect(scopesOf('{ any { ... on Pen { ink } } }')).toEqual([['ink']])
})
