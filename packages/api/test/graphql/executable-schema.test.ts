import { GraphQLScalarType, graphql, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { executableSchema } from '../../src/graphql/executable-schema.ts'

const document = parse(`
  scalar Shout
  interface Node { id: ID! }
  type Thing implements Node { id: ID! name: Shout }
  type Query { node: Node thing: Thing loud(word: Shout!): String }
`)
const shout = new GraphQLScalarType<string, string>({
  name: 'Shout',
  serialize: (value) => `${String(value)}!`,
  parseValue: (value) => String(value).toUpperCase(),
  parseLiteral: () => 'LITERAL',
})

const resolvers = {
  Shout: shout,
  Node: { __resolveType: () => 'Thing' },
  Query: {
    node: () => ({ id: 1 }),
    thing: () => ({ name: 'a' }),
    loud: (_: unknown, args: { word: string }) => args.word,
  },
  Thing: { id: () => 'computed' },
}

const misplaced: readonly [string, object, string][] = [
  ['a type that is not in the schema', { Nothing: {} }, 'Nothing'],
  ['a field that is not in the schema', { Query: { nothing: () => 1 } }, 'Query.nothing'],
  ['a field that answers with no function', { Query: { node: 1 } }, 'Query.node'],
  ['a field that every object has', { Query: { toString: () => 1 } }, 'Query.toString'],
]

describe('executableSchema', () => {
  it('answers by resolvers, by property, by type and by scalar', async () => {
    const source =
      'query ($w: Shout!) { node { id __typename } thing { name } literal: loud(word: "x") loud(word: $w) }'
    const { data, errors } = await graphql({
      schema: executableSchema(document, resolvers),
      source,
      variableValues: { w: 'hi' },
    })
    expect(errors).toBeUndefined()
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      node: { id: 'computed', __typename: 'Thing' },
      thing: { name: 'a!' },
      literal: 'LITERAL',
      loud: 'HI',
    })
  })

  it.each(misplaced)('refuses %s', (_name, wrong, path) => {
    expect(() => executableSchema(document, wrong)).toThrow(path)
  })
})
