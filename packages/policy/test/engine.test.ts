import { makeExecutableSchema } from '@graphql-tools/schema'
import fc from 'fast-check'
import {
  buildSchema,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  parse,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { isCompilable } from '../src/compilable.ts'
import { createEngine } from '../src/engine.ts'
import { loadJit } from '../src/jit.ts'
import { createPolicy } from '../src/policy.ts'
import { alice, bob, callers, createShop, shopRules } from './shop.ts'
import { objects, worldOf } from './world.ts'

const shop = createPolicy(createShop(), shopRules)

const json = async (result: ExecutionResult | Promise<ExecutionResult>) => {
  const { data, errors = [] } = await result
  const told = errors.map((error) => JSON.stringify({ ...error.toJSON(), code: Object(error.originalError).code }))
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors: told.sort() }
}

/** An engine that compiles at once what can be compiled. */
const eager = async () => {
  const compile = await loadJit()
  const engine = createEngine({ compileAfter: 0, load: async () => compile })
  engine.execute({ schema: shop.schema, document: parse('{ me }'), contextValue: { principal: alice } })
  await engine.ready()
  return engine
}

const argsOf = (schema: GraphQLSchema, principal: unknown, query: string, variableValues = {}): ExecutionArgs => ({
  schema,
  document: parse(query),
  contextValue: { principal },
  variableValues,
})

describe('the engine', () => {
  it('answers as graphql-js does in every generated world', async () => {
    const engine = await eager()
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const { schema, table, principal, query } = worldOf(g, objects)
        const policy = createPolicy(schema, table as Parameters<typeof createPolicy>[1])
        for (const each of [policy.schema, policy.schemaFor(principal)]) {
          const args = argsOf(each, principal, query)
          const expected = await json(execute(args))
          expect(await json(engine.execute(args))).toEqual(expected)
          refused += expected.errors.length
        }
      }),
      { numRuns: 60 },
    )
    expect(engine.size().compiled).toBeGreaterThan(60)
    expect(refused).toBeGreaterThan(30)
  }, 60_000)

  const queries: readonly [string, object?][] = [
    ['query Q($id: ID!) { me stats order(id: $id) { id __typename t: __typename total margin } }', { id: 'o1' }],
    ['query Q($id: ID!) { order(id: $id) { id total parcel { street } } }', { id: 'o0' }],
    ['query Q($id: ID!) { order(id: $id) { id total } }', { id: 'nobody' }],
    ['query Q($id: ID!) { order(id: $id) { id total } }', {}],
    ['query Q($id: ID!) { order(id: $id) { id total } }', { id: { a: 1 } }],
  ]
  it.each(queries)('answers as graphql-js does to every kind of caller: %s', async (query, variables) => {
    const engine = await eager()
    for (const principal of Object.values(callers)) {
      const args = argsOf(shop.schemaFor(principal), principal, query, variables)
      expect(await json(engine.execute(args))).toEqual(await json(execute(args)))
    }
    expect(engine.size().compiled).toBeGreaterThan(1)
  })

  it('answers as graphql-js does when non-null fields are null and resolvers fail', async () => {
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

  it('answers as graphql-js does when resolvers return what they should not', async () => {
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

  it('compiles after a number of calls, and not before', async () => {
    const engine = createEngine({ compileAfter: 2 })
    const args = argsOf(shop.schema, alice, '{ me }')
    for (const _ of [1, 2]) engine.execute(args)
    await engine.ready()
    expect(engine.size()).toEqual({ kept: 1, compiled: 0 })
    for (const _ of [1, 2]) {
      engine.execute(args)
      await engine.ready()
    }
    expect(engine.size()).toEqual({ kept: 1, compiled: 1 })
  })

  it('keeps a bounded number of operations', async () => {
    const engine = createEngine({ operationsMax: 2 })
    for (const query of ['{ me }', '{ stats }', '{ me stats }']) await engine.execute(argsOf(shop.schema, alice, query))
    expect(engine.size().kept).toBe(2)
  })

  it('keeps operations of one document, and of two schemas, apart', async () => {
    const engine = await eager()
    const document = parse('query A { me } query B { stats }')
    const run = (schema: GraphQLSchema, principal: unknown, operationName: string) =>
      json(engine.execute({ schema, document, operationName, contextValue: { principal } }))
    for (const _ of [1, 2]) {
      expect((await run(shop.schemaFor(alice), alice, 'A')).data).toEqual({ me: 'alice' })
      expect((await run(shop.schemaFor(bob), bob, 'B')).data).toEqual({ stats: null })
      expect((await run(shop.schemaFor(callers.boss), callers.boss, 'B')).data).toEqual({ stats: 42 })
      expect((await run(shop.schema, alice, 'C')).errors).toHaveLength(1)
    }
  })

  it('keeps an operation without a name and one named by nothing apart', async () => {
    const schema = buildSchema('type Query { a: Int }')
    const engine = createEngine({ compileAfter: 0 })
    const ask = async (operationName: string | null) =>
      engine.execute({ schema, document, operationName, rootValue: { a: 1 } })
    const document = parse('{ a }')
    await ask(null)
    await engine.ready()
    for (let round = 0; round < 3; round += 1) {
      expect(await ask(null)).toEqual({ data: { a: 1 } })
      expect((await ask(''))?.errors?.[0]?.message).toContain('Unknown operation')
    }
    expect(engine.size().compiled).toBe(1)
  })

  it('keeps no long document', async () => {
    const engine = createEngine()
    await engine.execute({
      schema: buildSchema('type Query { a: Int }'),
      document: parse(`{ a } #${'x'.repeat(10_000)}`),
    })
    expect(engine.size().kept).toBe(0)
  })

  it('leaves custom resolvers to graphql-js', async () => {
    const engine = await eager()
    const args = { ...argsOf(buildSchema('type Query { a: Int }'), alice, '{ a }'), fieldResolver: () => 7 }
    for (const _ of [1, 2]) expect((await json(engine.execute(args))).data).toEqual({ a: 7 })
  })

  it.each([
    ['can not be loaded', async () => Promise.reject(new Error('gone'))],
    ['declines', async () => () => undefined],
    [
      'fails at once',
      async () => () => () => {
        throw new Error('bug')
      },
    ],
    [
      'fails later',
      async () => () => async () => {
        throw new Error('bug')
      },
    ],
  ])('goes on when the compiler %s', async (_name, load) => {
    const engine = createEngine({ compileAfter: 0, load })
    const args = argsOf(shop.schema, alice, '{ me }')
    for (const _ of [1, 2, 3]) {
      expect((await json(engine.execute(args))).data).toEqual({ me: 'alice' })
      await engine.ready()
    }
    expect(engine.size().compiled).toBe(0)
  })
})

const typeDefs = `
  interface Node { id: ID self: Node }
  type A implements Node { id: ID self: Node }
  type B implements Node { id: ID self: Node }
  enum Color { RED }
  input Filter { tag: String color: Color }
  type Query { id: ID a: A node: Node deep_name: Int by(id: ID, color: Color, filter: Filter, size: Float, many: [Int]): A Color: Int }
  type Mutation { by(id: ID): Int }
`

describe('what is compiled', () => {
  const schema = buildSchema(typeDefs)
  const fits = (source: string, of = schema): boolean => {
    const document = parse(source)
    const operation = getOperationAST(document)
    return operation ? isCompilable(of, document, operation) : false
  }

  it.each([
    '{ id a { id __typename } }',
    'query($id: ID, $many: [Int]) { by(id: $id, many: $many) { id } }',
    'query($id: ID = 3) { x: by(id: $id, color: RED) { ...f } } fragment f on A { id }',
    '{ a { ... on A { id } } }',
    '{ by(id: 1) { id } }',
    '{ t: __typename }',
  ])('is plain: %s', (source) => {
    expect(fits(source)).toBe(true)
  })

  const magic = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d'
  it.each([
    [`{ by(id: "${magic}globalThis.injected = true") { id } }`],
    [`{ by(id: """${magic}globalThis.injected = true""") { id } }`],
    [`query($id: ID = "${magic}globalThis.injected = true") { by(id: $id) { id } }`],
    [`{ by(filter: { tag: "${magic}globalThis.injected = true" }) { id } }`],
    ['query($tag: String) { by(filter: { tag: $tag }) { id } }'],
    ['query($filter: Filter) { by(filter: $filter) { id } }'],
    ['query($color: Color) { by(color: $color) { id } }'],
    ['query($n: Int) { by(many: [$n]) { id } }'],
    ['{ by(size: 1.5) { id } }'],
    ['{ id @skip(if: false) }'],
    ['{ ... @include(if: true) { id } }'],
    ['query @x { id }'],
    ['mutation { by }'],
    ['{ __proto__: id }'],
    ['{ a_b: id }'],
    ['{ deep_name }'],
    ['{ idx0: id }'],
    ['{ A: id }'],
    ['{ Color }'],
    ['{ __schema { queryType { name } } }'],
    ['{ schema: __schema { queryType { name } } }'],
    ['{ node { id } }'],
    ['{ a { self { id } } }'],
    ['{ a { ... on Node { id } } }'],
    [
      `{ ...f0 } ${Array.from({ length: 12 }, (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`).join(' ')} fragment f12 on Query { id }`,
    ],
  ])('is not: %s', (source) => {
    expect(fits(source)).toBe(false)
  })

  it('is nothing of a schema in which two fields would share a resolver', () => {
    const shared = buildSchema(
      'type Query { a: No note: Note } type No { tex: Int } type Note { x: Int } type Not { ex: Int }',
    )
    const twins = buildSchema(
      'type Query { a: No note: Note } type No { tex: Int } type Note { x: Int } type Notex { a: Int } type Not { exa: Int }',
    )
    expect(fits('{ a { tex } }', shared)).toBe(false)
    expect(fits('{ a { tex } }', twins)).toBe(false)
    expect(fits('{ a { tex } }', buildSchema('type Query { a: No } type No { tex: Int }'))).toBe(true)
  })

  it('never runs code that stands in a document, which graphql-jit would', async () => {
    const strings = makeExecutableSchema({
      typeDefs: 'type Query { echo(id: ID): ID }',
      resolvers: { Query: { echo: (_p, { id }) => id } },
    })
    const document = parse(`{ echo(id: "${magic}globalThis.injected = 1") }`)
    const engine = await eager()
    for (const _ of [1, 2, 3])
      expect((await json(engine.execute({ schema: strings, document }))).data).toEqual({
        echo: `${magic}globalThis.injected = 1`,
      })
    expect(globalThis).not.toHaveProperty('injected')
    const compile = await loadJit()
    await compile(strings, document, undefined)?.({}, {}, {})
    expect(globalThis).toHaveProperty('injected', 1)
    Reflect.deleteProperty(globalThis, 'injected')
  })
})
