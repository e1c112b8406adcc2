/**
 * Unusual resolvers and documents. Messages about mistakes of the server may differ from graphql-js's; data, paths and
 * order may not.
 */
import { setImmediate } from 'node:timers/promises'
import { makeExecutableSchema } from '@graphql-tools/schema'
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  type GraphQLSchema,
  parse,
  responsePathAsArray,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'

function schemaOf(serialize: () => unknown = () => 1): GraphQLSchema {
  return makeExecutableSchema({
    typeDefs: `
      scalar Odd
      interface Node { id: Int }
      interface Named { name: String }
      type A implements Node { id: Int x: Int! y: Int! odd: Odd must: Odd! later: Int }
      type B implements Node & Named { id: Int name: String }
      union Hit = A | B
      type Query { a: A list: [A] node: Node nodes: [[Node]] hits: [Hit] f(x: Int!): Int a2: A strict: [A!] slow: Int }
    `,
    resolvers: {
      Odd: new GraphQLScalarType({ name: 'Odd', serialize }),
      Node: { __resolveType: ({ name }: { name?: string }) => (name ? 'B' : 'A') },
      Hit: { __resolveType: ({ name }: { name?: string }) => (name ? 'B' : 'A') },
      Named: { __resolveType: () => 'B' },
    },
  })
}

/** Calls `act` after so many rounds of the event loop. */
async function after<Value>(rounds: number, act: () => Value): Promise<Awaited<Value>> {
  for (let round = 0; round < rounds; round += 1) await setImmediate()
  return await act()
}

const rootValue = {
  a: { id: 1, odd: 1, must: 1 },
  a2: { id: 2, x: async () => null, y: async () => null },
  list: [{ id: 1 }, { id: 2 }],
  node: { id: 3, name: 'three' },
  nodes: [[{ id: 4 }], [{ id: 5, name: 'five' }]],
  hits: [{ id: 6 }, { id: 7, name: 'seven' }],
  f: 5,
  strict: [{ id: 8, later: () => after(1, () => Promise.reject(new Error('too late'))) }, null],
  slow: () => after(3, () => 9),
}

async function locationsOf(result: ExecutionResult | Promise<ExecutionResult>) {
  const { data, errors = [] } = await result
  return { data: JSON.parse(JSON.stringify(data)), errors: errors.map(({ path, locations }) => ({ path, locations })) }
}

async function expectAlike(args: ExecutionArgs) {
  const expected = await locationsOf(execute({ rootValue, ...args }))
  const engine = createEngine()
  for (const _ of ['first', 'again'])
    expect(await locationsOf(engine.execute({ rootValue, ...args }))).toEqual(expected)
  expect(engine.size()).toBe(1)
  return expected
}

describe('the engine, as graphql-js,', () => {
  it.each([
    ['two fields that may not be null', '{ a { x y } }', 1],
    ['two that fail later', '{ a2 { x y } }', 1],
    ['what fails later in a list that is gone', '{ strict { id later } slow }', 1],
    ['one such object beside another', '{ a { x y } a2 { x } list { y } }', 4],
  ])('reports one error for each path that errors made null: %s', async (_name, query, count) => {
    expect((await expectAlike({ schema: schemaOf(), document: parse(query) })).errors).toHaveLength(count)
  })

  it.each([[null], [undefined]])('refuses %s from a scalar', async (value) => {
    const schema = schemaOf(() => value)
    const { data } = await expectAlike({ schema, document: parse('{ a { odd } again: a { must } }') })
    expect(data).toEqual({ a: { odd: null }, again: null })
  })

  it.each([
    '{ hits { ... on Named { name } ... on Node { id } } }',
    '{ hits { ... on Hit { __typename } ... on B { name } } node { ... on Named { name } } }',
    '{ nodes { ...n ...n } } fragment n on Node { id ...b } fragment b on B { name id }',
    '{ list { ...absent id } }',
    '{ list { id nope } nope { id } }',
  ])('selects on each type the fields of its fragments: %s', async (query) => {
    await expectAlike({ schema: schemaOf(), document: parse(query) })
  })

  it('refuses an argument that a variable makes null', async () => {
    const document = parse('query($x: Int = 1) { f(x: $x) }')
    for (const variableValues of [{}, { x: 2 }, { x: null }])
      await expectAlike({ schema: schemaOf(), document, variableValues })
    const { errors } = await expectAlike({ schema: schemaOf(), document, variableValues: { x: null } })
    expect(errors).toHaveLength(1)
  })

  it('calls isTypeOf with the arguments of a resolver', async () => {
    const runs = async (run: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>, later: boolean) => {
      const schema = schemaOf()
      const seen: unknown[] = []
      const isTypeOf = ({ id }: { id: number }, context: unknown, info: GraphQLResolveInfo) => {
        seen.push([id, context, info.fieldName, responsePathAsArray(info.path), info.parentType.name])
        return later ? Promise.resolve(id !== 2) : id !== 2
      }
      Object.assign(schema.getType('A') as GraphQLObjectType, { isTypeOf })
      const document = parse('{ a { id } list { id } nodes { id } }')
      const answer = await locationsOf(run({ schema, document, rootValue, contextValue: 'context' }))
      return { answer, seen }
    }
    const engine = createEngine()
    for (const later of [false, true]) {
      const expected = await runs(execute, later)
      expect(await runs(engine.execute, later)).toEqual(expected)
      expect(expected.answer.errors).toHaveLength(1)
      expect(expected.seen.length).toBeGreaterThan(3)
    }
  })
})
