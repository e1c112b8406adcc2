/** Whatever the engine does, its answers are those of graphql-js. */
import { makeExecutableSchema } from '@graphql-tools/schema'
import { execute } from 'graphql'
import { describe, expect, it } from 'vitest'
import { argsOf, eager, json, shop } from './engine-kit.ts'
import { alice, callers } from './shop.ts'

describe('the answers of the engine', () => {
  const queries: readonly [string, object?][] = [
    ['query Q($id: ID!) { me stats order(id: $id) { id __typename t: __typename total margin } }', { id: 'o1' }],
    ['query Q($id: ID!) { order(id: $id) { id total parcel { street } } }', { id: 'o0' }],
    ['query Q($id: ID!) { order(id: $id) { id total } }', { id: 'nobody' }],
    ['query Q($id: ID!) { order(id: $id) { id total } }', {}],
    ['query Q($id: ID!) { order(id: $id) { id total } }', { id: { a: 1 } }],
  ]
  it.each(queries)("are graphql-js's own for every kind of caller: %s", async (query, variables) => {
    const engine = await eager()
    for (const principal of Object.values(callers)) {
      const args = argsOf(shop.schemaFor(principal), principal, query, variables)
      expect(await json(engine.execute(args))).toEqual(await json(execute(args)))
    }
    expect(engine.size().compiled).toBeGreaterThan(1)
  })

  it("are graphql-js's own when non-null fields are null and resolvers fail", async () => {
    const broken = makeExecutableSchema({
      typeDefs:
        'type Query { a: A list: [A!] lists: [[A!]] safe: A } type A { b: B! c: Int n: Int! d: A! } type B { n: Int! m: Int }',
      resolvers: {
        Query: {
          a: () => ({ b: { n: null }, d: null }),
          list: () => [{ b: { n: 1 }, n: 2 }, null, { b: null, n: 3 }],
          lists: async () => [[{ b: { n: 1 }, n: 'x' }], null, [{ n: 1, b: { n: 2 } }]],
          safe: () => ({ b: { n: 1, m: 2 }, c: 3, n: 4 }),
        },
        A: {
          c: () => {
            throw new Error('c failed')
          },
          d: async () => {
            throw new Error('d failed')
          },
        },
      },
    })
    const engine = await eager()
    for (const query of [
      '{ a { b { n m } c } safe { b { n } } }',
      '{ list { n b { n } } }',
      '{ lists { n b { n } } }',
      '{ a { d { n } } safe { c n } }',
      '{ safe { d { n } c } }',
    ]) {
      const args = argsOf(broken, alice, query)
      expect(await json(engine.execute(args))).toEqual(await json(execute(args)))
    }
    expect(engine.size().compiled).toBe(5)
  })

  it("are graphql-js's own when resolvers return what they should not", async () => {
    const odd = makeExecutableSchema({
      typeDefs:
        'type Query { text: [Int] number: A words: [A] bad: Int mixed: [Int] nothing: Int items: [A] } type A { id: ID x: Int }',
      resolvers: {
        Query: {
          text: () => 'abc',
          number: () => 7,
          words: () => ['x', 1, [1]],
          bad: async () => 'abc',
          mixed: () => [1, 'z', null, Number.NaN],
          nothing: () => {
            throw null
          },
          items: async () => [
            { id: 1, x: 'y' },
            Promise.resolve({ id: 2 }),
            Promise.reject(new Error('item failed')),
            new Error('item is one'),
          ],
        },
      },
    })
    const engine = await eager()
    const queries = [
      '{ text bad }',
      '{ number { id x } words { x } }',
      '{ mixed nothing }',
      '{ items { id x } }',
      '{ items { id } }',
    ]
    for (const query of queries) {
      const args = argsOf(odd, alice, query)
      expect(await json(engine.execute(args))).toEqual(await json(execute(args)))
    }
    expect(engine.size().compiled).toBe(queries.length)
  })
})
