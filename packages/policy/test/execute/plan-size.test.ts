import { buildSchema, type GraphQLObjectType, getOperationAST, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createFieldCounter } from '../../src/execute/plan-size.ts'
import { fragmentsOf } from '../../src/limits/fragments.ts'

const schema = buildSchema(`
  interface Node { id: ID node: Node }
  type A implements Node { id: ID node: Node a: A }
  type B implements Node { id: ID node: Node b: Int }
  union Hit = A | B
  type Query { a: A node: Node hit: Hit n: Int }
`)

function count(source: string): number {
  const document = parse(source)
  const set = getOperationAST(document)?.selectionSet
  const root = schema.getQueryType() as GraphQLObjectType
  return set ? createFieldCounter(schema, fragmentsOf(document))(set, root) : 0
}

/** Each fragment spreads the next one twice. */
const tower = Array.from(
  { length: 40 },
  (_, at) => `fragment f${at} on A { a { ...f${at + 1} } b: a { ...f${at + 1} } }`,
)

describe('the fields of a plan', () => {
  it.each([
    ['fields and aliases', '{ n m: n __typename }', 3],
    ['fields below fields', '{ a { id a { id } } }', 4],
    ['a fragment, once for each spread', '{ a { ...f } b: a { ...f } } fragment f on A { id x: id }', 6],
    ['an interface, once for each of its types', '{ node { id } }', 3],
    ['an interface below an interface', '{ node { node { id } } }', 7],
    [
      'a union, by the conditions of its fragments',
      '{ hit { ... on A { id a { id } } ... on B { b } ... on Node { id } } }',
      7,
    ],
    ['an inline fragment without a condition', '{ ... { n } ... @include(if: true) { n } }', 2],
    ['what the schema lacks', '{ n x { y } ...g ... on Nope { n } }', 2],
    ['a tower of fragments', `{ a { ...f0 } } ${tower.join(' ')} fragment f40 on A { id }`, 2 ** 40 * 3 - 1],
    ['a fragment within itself', '{ a { ...f } } fragment f on A { a { ...f } }', Number.POSITIVE_INFINITY],
  ])('are counted: %s', (_name, source, expected) => {
    expect(count(source)).toBe(expected)
  })
})
