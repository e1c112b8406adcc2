import { buildSchema, getIntrospectionQuery, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { CostLimits, Operation } from '../../src/limits/cost.ts'
import { createCostGate, createCostOf } from '../../src/limits/cost-gate.ts'
import { coded } from '../thrown.ts'

const schema = buildSchema(`
  interface Node { id: ID! }
  type Note implements Node { id: ID! title: String tags: [String!] owner: User shares: [User!]! }
  type User implements Node { id: ID! notes(first: Int, last: Int): Connection friends(limit: Int = 5): [User!]! }
  type Connection { edges: [Edge!] nodes: [Note!]! total: Int page: Page few(first: Int): [Note!] }
  type Edge { node: Note }
  type Page { next: Boolean }
  union Hit = Note | User
  type Query {
    me: User note(id: ID!): Note nodes(ids: [ID!]!): [Node]! hits: [Hit] notes(first: Int, last: Int): Connection
  }
  type Mutation { save(ids: [ID!]!): Note }
`)

function costOf(operation: Operation, limits: CostLimits): number {
  return createCostOf(limits)(operation)
}

const limits = { costMax: 1000, pageSizeMax: 100 }

function cost(source: string, variables: Record<string, unknown> = {}, more: object = {}) {
  return costOf({ schema, document: parse(source), variables, ...more }, limits)
}

const costs: readonly [string, string, number, Record<string, unknown>?][] = [
  ['a leaf', '{ __typename }', 1],
  ['an object and its leaf', '{ note(id: 1) { title } }', 2],
  ['each item of a list of leaves', '{ note(id: 1) { tags } }', 11],
  ['a list without a size', '{ note(id: 1) { shares { id } } }', 12],
  ['a list with a size', '{ me { friends(limit: 3) { id } } }', 5],
  ['a list with a default size', '{ me { friends { id } } }', 7],
  ['a list with null for its size', '{ me { friends(limit: null) { id } } }', 7],
  ['one item for each id', '{ nodes(ids: [1, 2, 3]) { id } }', 4],
  ['one item for each id of a variable', 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', 5, { ids: [1, 2, 3, 4] }],
  ['a list argument of a single object', 'mutation { save(ids: [1, 2, 3]) { id } }', 2],
  [
    'a connection: its lists, not its facts',
    '{ notes(first: 50) { total page { next } nodes { id } edges { node { id } } } }',
    1 + 1 + 2 + 51 + 101,
  ],
  ['the larger of two sizes', '{ notes(first: 3, last: 7) { nodes { id } } }', 9],
  ['a connection without a size', '{ notes { nodes { id } } }', 12],
  ['pages of pages', '{ notes(first: 100) { nodes { owner { notes(first: 100) { nodes { id } } } } } }', 2 + 100 * 103],
  ['a size from a variable', 'query($n: Int) { notes(first: $n) { nodes { id } } }', 42, { n: 40 }],
  ['a size from a default', 'query($n: Int = 30) { notes(first: $n) { nodes { id } } }', 32],
  ['a variable over its default', 'query($n: Int = 30) { notes(first: $n) { nodes { id } } }', 6, { n: 4 }],
  ['a variable that is missing', 'query($n: Int) { notes(first: $n) { nodes { id } } }', 12],
  ['a variable that is no number', 'query($n: Int) { notes(first: $n) { nodes { id } } }', 12, { n: '1' }],
  ['a size below one', '{ notes(first: -5) { nodes { id } } }', 3],
  ['a size that the field itself refuses', '{ notes(first: 100000) { nodes { id } } }', 102],
  [
    'fragments of every kind',
    '{ hits { ... on Note { title } ... { __typename } ...u } } fragment u on User { id }',
    31,
  ],
  ['what is skipped as if it were not', '{ note(id: 1) @skip(if: true) { title } }', 2],
  ['a list with a size of its own within a page', '{ notes(first: 50) { few { id } } }', 1 + 1 + 10],
  ['nothing that validation would refuse', '{ me { ...absent ... on Nope { id } ... on Int { id } } }', 1],
  ['a kind of operation that the schema lacks', 'subscription { me { id } }', 0],
  ['introspection as one', getIntrospectionQuery(), 1],
]

describe('the cost of an operation', () => {
  it('counts lists by the size they are said to have', () => {
    const listSizes = { 'Note.tags': 20, 'Note.shares': 50 }
    const document = parse('{ notes(first: 100) { nodes { tags shares { id } } } }')
    expect(costOf({ schema, document }, { ...limits, listSizes })).toBe(2 + 100 * (20 + 51))
  })

  it.each(costs)('counts %s', (_name, source, expected, variables) => {
    expect(cost(source, variables)).toBe(expected)
  })

  it.each(costs)('counts again, whatever the variables were before: %s', (_name, source, expected, variables) => {
    const document = parse(source)
    const again = createCostOf(limits)
    for (const before of [{}, { n: 77, ids: [1, 2, 3, 4, 5, 6] }]) again({ schema, document, variables: before })
    expect(again({ schema, document, variables: variables ?? {} })).toBe(expected)
  })

  it.each([
    ['within a list', 'query($a: ID!) { nodes(ids: [$a]) { id } }'],
    ['within an object', 'query($a: ID!) { by(filter: { owner: $a }) { id } }'],
  ])('counts again for a variable %s', (_name, source) => {
    const wide = buildSchema(
      'input Filter { owner: ID } type A { id: ID } ' +
        'type Query { by(filter: Filter, ids: [ID]): [A] nodes(ids: [ID!]!): [A] }',
    )
    let lookups = 0
    const variables = {
      get a() {
        lookups += 1
        return 'x'
      },
    }
    const again = createCostOf(limits)
    const operation = { schema: wide, document: parse(source), variables }
    const first = again(operation)
    const before = lookups
    expect(again(operation)).toBe(first)
    expect(lookups).toBeGreaterThan(before)
  })

  it('counts once what no variable can change, for each schema', () => {
    let lookups = 0
    const variables = {
      get id() {
        lookups += 1
        return 'x'
      },
    }
    const again = createCostOf(limits)
    const document = parse('query($id: ID!) { note(id: $id) { shares { id } } }')
    const ask = (of = schema) => again({ schema: of, document, variables })
    expect([ask(), ask()]).toEqual([12, 12])
    const once = lookups
    expect([ask(), lookups]).toEqual([12, once])
    expect(ask(buildSchema('type Query { note(id: ID!): Note } type Note { shares: Note id: ID }'))).toBe(3)
  })

  it('counts the operation that was requested', () => {
    const source = 'query A { me { id } } query B { notes(first: 100) { nodes { id } } }'
    expect(cost(source, {}, { operationName: 'A' })).toBe(2)
    expect(cost(source, {}, { operationName: 'B' })).toBe(102)
    expect(cost(source, {}, { operationName: 'C' })).toBe(0)
  })

  it('counts pages in full when no field refuses large ones', () => {
    const document = parse('{ notes(first: 100000) { nodes { id } } }')
    expect(costOf({ schema, document }, { costMax: 1000 })).toBe(100_002)
  })

  it('counts by the configured sizes', () => {
    const document = parse('{ me { friends { id } notes(first: 3) { nodes { id } } } }')
    expect(costOf({ schema, document }, { costMax: 1, listSize: 2, sizeArguments: ['take'] })).toBe(
      1 + (1 + 2) + (1 + 1 + 2),
    )
  })
})

describe('the limit of cost', () => {
  const document = parse('query($n: Int) { notes(first: $n) { nodes { id } } }')

  it('refuses an operation that would cost more', () => {
    const gate = createCostGate({ costMax: 101 })
    for (const _ of [1, 2])
      expect(() => gate({ schema, document, variables: { n: 100 } })).toThrow(
        coded('LIMIT_EXCEEDED', {
          extensions: { code: 'LIMIT_EXCEEDED', limit: 'cost', max: 101, http: { status: 400, spec: false } },
        }),
      )
  })

  it('accepts the same operation with a smaller page', () => {
    expect(() => createCostGate({ costMax: 101 })({ schema, document, variables: { n: 99 } })).not.toThrow()
  })
})
