import { makeExecutableSchema } from '@graphql-tools/schema'
import { buildSchema, execute, type GraphQLError, type GraphQLResolveInfo, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'
import { createPolicy } from '../../src/policy.ts'
import { allow, and, object, signedIn } from '../../src/rules.ts'
import { rule } from '../kit/shield-library.ts'
import { alice, callers } from '../shop.ts'
import { argsOf, expectSame, json, shop } from './engine-kit.ts'

describe('the engine', () => {
  const order = 'query Q($id: ID!) { order(id: $id) { id total parcel { street } } }'
  const queries: readonly [string, object?][] = [
    ['query Q($id: ID!) { me stats order(id: $id) { id __typename t: __typename total margin } }', { id: 'o1' }],
    [order, { id: 'o0' }],
    [order, { id: 'nobody' }],
    ['{ order(id: "o1") { ...f id } } fragment f on Order { total id }'],
    [
      `query Q($on: Boolean!) {
        me @include(if: $on) stats @skip(if: $on) order(id: "o1") { id total @skip(if: $on) }
      }`,
      { on: true },
    ],
    ['query Q($on: Boolean = true) { me @include(if: $on) stats }', { on: null }],
    ['{ __schema { queryType { name } } me }'],
    ['{ __proto__: me stats }'],
    ['{ constructor: me toString: stats then: me hasOwnProperty: stats __defineGetter__: me }'],
  ]
  it.each(queries)('returns what graphql-js returns, for every kind of caller: %s %j', async (query, variables) => {
    for (const principal of Object.values(callers))
      await expectSame(argsOf(shop().schemaFor(principal), principal, query, variables))
  })

  it('refuses invalid variables by name and path, in planned operations and in those of graphql-js', async () => {
    const schema = buildSchema('type Query { a(id: ID!, n: Int): Int } type Mutation { b(id: ID!): Int }')
    const ask = (query: string, variableValues: Record<string, unknown>) =>
      json(createEngine().execute({ schema, document: parse(query), variableValues }))
    const query = 'query($id: ID!, $n: Int) { a(id: $id, n: $n) }'
    const mutation = 'mutation($id: ID!) { b(id: $id) }'
    const introspection = 'query($id: ID!) { a(id: $id) __schema { queryType { name } } }'
    for (const text of [query, mutation, introspection]) {
      expect((await ask(text, { id: 'x' })).errors).toEqual([])
      expect(await ask(text, { id: { secret: 1 } })).toMatchObject({
        data: null,
        errors: [{ message: 'Variable "$id" got an invalid value at "id": expected type "ID".' }],
      })
    }
    expect((await ask(query, { n: 'secret' })).errors.map(({ message }: Error) => message)).toEqual([
      'Variable "$id" got an invalid value at "id": required type "ID!" was not provided.',
      'Variable "$n" got an invalid value at "n": expected type "Int".',
    ])
  })

  it('prepares an operation without executing it, and not one with an invalid variable', async () => {
    const called: number[] = []
    const schema = makeExecutableSchema({
      typeDefs: 'type Query { a(n: Int!): Int }',
      resolvers: { Query: { a: (_parent, { n }) => called.push(n) } },
    })
    const args = { schema, document: parse('query($n: Int!) { a(n: $n) }') }
    const { prepare } = createEngine()
    expect(prepare({ ...args, variableValues: { n: 'x' } })).toEqual({ errors: [expect.any(Error)] })
    const prepared = prepare({ ...args, variableValues: { n: 7 } })
    expect(called).toEqual([])
    expect('run' in prepared && (await prepared.run())).toEqual({ data: { a: 1 } })
    expect(called).toEqual([7])
  })

  it('calls resolvers with the arguments and the info of graphql-js', () => {
    const infos: GraphQLResolveInfo[] = []
    const schema = makeExecutableSchema({
      typeDefs: 'type Query { list: [A] } type A { self(of: Int = 3): A n: Int }',
      resolvers: {
        Query: { list: () => [{}, {}] },
        A: { self: (_parent, args, _context, info) => infos.push({ ...info, args } as never) && {}, n: () => 1 },
      },
    })
    const document = parse('query Q($x: Int) { list { me: self(of: $x) { ...f } } } fragment f on A { n }')
    const args = { schema, document, rootValue: {}, variableValues: { x: 5 } }
    createEngine().execute(args)
    execute(args)
    expect(infos).toHaveLength(4)
    expect(infos.slice(0, 2)).toEqual(infos.slice(2))
  })

  it('evaluates a rule once for each object, and again only to refuse', async () => {
    const evaluated: unknown[] = []
    const odd = object<{ id: number }>('odd', (_principal, { id }) => {
      evaluated.push(id)
      if (id === 3) throw new Error('undecided')
      return id % 2 === 1
    })
    const typeDefs = 'type Query { list: [A] } type A { id: Int a: Int b: Int c: Int }'
    const list = [1, 2, 3].map((id) => ({ id, a: id, b: id, c: id }))
    const schema = makeExecutableSchema({ typeDefs, resolvers: { Query: { list: () => list } } })
    const policy = createPolicy(schema, { Query: { list: allow }, A: { id: allow, a: odd, b: odd, c: odd } })
    const engine = createEngine()
    const args = argsOf(policy.schemaFor(alice), alice, '{ list { a b c } }')
    const expected = await expectSame(args, engine)
    expect(expected.data.list).toEqual([{ a: 1, b: 1, c: 1 }, ...Array(2).fill({ a: null, b: null, c: null })])
    expect(expected.errors.map(({ extensions }: GraphQLError) => extensions.code)).toEqual([
      ...Array(3).fill('FORBIDDEN'),
      ...Array(3).fill('UNAVAILABLE'),
    ])
    evaluated.length = 0
    await engine.execute(argsOf(policy.schemaFor(alice), alice, '{ list { a } }'))
    evaluated.length = 0
    await engine.execute(args)
    expect(evaluated.filter((id) => id === 1)).toHaveLength(1)
  })

  it('reads a function from a property behind a rule as graphql-js does', async () => {
    const schema = buildSchema('type Query { a(x: Int): Int b: Int c: Int }')
    const yes = object('yes', () => true)
    const policy = createPolicy(schema, { Query: { a: yes, b: yes, c: yes } })
    const rootValue = {
      k: 2,
      a: ({ x }: { x: number }) => x,
      b: async () => 7,
      c() {
        return this.k
      },
    }
    const args = { ...argsOf(policy.schemaFor(alice), alice, '{ a(x: 4) b c }'), rootValue }
    expect((await expectSame(args)).data).toEqual({ a: 4, b: 7, c: 2 })
  })

  it('passes resolve info to a rule of graphql-shield, and calls the resolver of a guarded field', async () => {
    const types = makeExecutableSchema({
      typeDefs: 'type Query { secret: Int made: Int }',
      resolvers: { Query: { made: () => 7 } },
    })
    const elsewhere = rule('elsewhere')((_parent, _args, _context, info) => info?.fieldName !== 'secret')
    const { schema } = createPolicy(types, {
      Query: { secret: and(signedIn, elsewhere), made: elsewhere },
    } as never)
    const { data } = await expectSame({
      ...argsOf(schema, alice, '{ secret made }'),
      rootValue: { secret: 1, made: 2 },
    })
    expect(data).toEqual({ secret: null, made: 7 })
  })

  it('refuses an invalid schema as graphql-js does', () => {
    const args = { schema: buildSchema('type A { a: Int }'), document: parse('{ a }') }
    expect(() => createEngine().execute(args)).toThrow('Query root type must be provided.')
    expect(() => execute(args)).toThrow('Query root type must be provided.')
  })
})

describe('options of the engine', () => {
  const wrong: readonly (readonly [options: unknown, problem: string])[] = [
    [{ executor: 'graphql-jit' }, "createEngine.executor is not 'plans' or 'graphql-js'."],
    [{ executor: '' }, "createEngine.executor is not 'plans' or 'graphql-js'."],
    [{ executor: null }, "createEngine.executor is not 'plans' or 'graphql-js'."],
    [{ plansMax: -1 }, 'createEngine.plansMax is not a number from 0 on.'],
    [{ answerErrorsMax: '5' }, 'createEngine.answerErrorsMax is not a number from 0 on.'],
    [{ plans: 5 }, 'createEngine.plans is not an option. The options are executor,'],
    [null, 'createEngine is not an object.'],
  ]
  it.each(wrong)('are refused at the start when they are %j', (options, problem) => {
    expect(() => createEngine(options as never)).toThrow(problem)
  })

  it.each([undefined, {}, { executor: undefined }, { executor: 'graphql-js' }, { plansMax: 0 }] as const)(
    'are accepted: %j',
    (options) => {
      expect(() => createEngine(options as never)).not.toThrow()
    },
  )
})
