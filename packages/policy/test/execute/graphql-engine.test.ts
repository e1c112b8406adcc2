import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { buildSchema, execute, type GraphQLError, type GraphQLResolveInfo, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine, type Executor, executors } from '../../src/execute/graphql-engine.ts'
import { createPolicy } from '../../src/policy.ts'
import { allow, and, object, signedIn } from '../../src/rules.ts'
import { rule } from '../kit/graphql-shield.ts'
import { alice, bob, callers } from '../shop.ts'
import { argsOf, expectSame, json, shop } from './engine-kit.ts'

describe('the engine', () => {
  const order = 'query Q($id: ID!) { order(id: $id) { id total parcel { street } } }'
  const queries: readonly [string, object?][] = [
    ['query Q($id: ID!) { me stats order(id: $id) { id __typename t: __typename total margin } }', { id: 'o1' }],
    [order, { id: 'o0' }],
    [order, { id: 'nobody' }],
    ['{ order(id: "o1") { ...f id } } fragment f on Order { total id }'],
    [
      'query Q($on: Boolean!) { me @include(if: $on) stats @skip(if: $on) order(id: "o1") { id total @skip(if: $on) } }',
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

  it('selects fields by the conditions of each request, whatever an earlier one had', async () => {
    const engine = createEngine()
    const schema = buildSchema('type Query { a: Int b: Int }')
    const document = parse('query($on: Boolean!) { a @include(if: $on) b @skip(if: $on) }')
    const ask = (on: boolean) => engine.execute({ schema, document, rootValue: { a: 1, b: 2 }, variableValues: { on } })
    for (const _ of [1, 2]) {
      expect(ask(true)).toEqual({ data: { a: 1 } })
      expect(ask(false)).toEqual({ data: { b: 2 } })
    }
    expect(engine.size()).toBe(2)
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

  it('keeps plans by conditions that the operation reaches, and by their being true or false alone', () => {
    const engine = createEngine()
    const schema = buildSchema('type Query { a(text: String): Int b: Int }')
    const document = parse(`
      query A($f: Boolean!) { ...F } fragment F on Query { b @skip(if: $f) }
      query B($f: String) { a(text: $f) }`)
    const ask = (operationName: string, f: unknown) =>
      engine.execute({ schema, document, operationName, rootValue: { a: 1, b: 2 }, variableValues: { f } })
    for (let round = 0; round < 50; round += 1) expect(ask('B', `text ${round}`)).toEqual({ data: { a: 1 } })
    expect(engine.size()).toBe(1)
    expect([ask('A', true), ask('A', false)]).toEqual([{ data: {} }, { data: { b: 2 } }])
    expect(engine.size()).toBe(3)
  })

  it('never takes two conditions for one, whatever the values of variables are', () => {
    const engine = createEngine()
    const schema = buildSchema('type Query { a: Int b: Int }')
    const document = parse('query($x: Boolean, $y: Boolean) { a @include(if: $x) b @include(if: $y) }')
    const ask = (variableValues: Record<string, unknown>) =>
      engine.execute({ schema, document, rootValue: { a: 1, b: 2 }, variableValues })
    expect(ask({ x: true, y: false })).toEqual({ data: { a: 1 } })
    expect(ask({ x: false, y: true })).toEqual({ data: { b: 2 } })
    expect(ask({ x: true, y: true })).toEqual({ data: { a: 1, b: 2 } })
  })

  it('holds nothing of the variables that a plan was made with', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const engine = createEngine()
    const schema = buildSchema('input In { text: String } type Query { a(in: In): Int }')
    const document = parse('query($in: In) { a(in: $in) }')
    const held = (() => {
      const rootValue = { a: ({ in: given }: { in: object }) => Number(refs.push(new WeakRef(given))) }
      const refs: WeakRef<object>[] = []
      engine.execute({ schema, document, rootValue, variableValues: { in: { text: 'x' } } })
      return refs
    })()
    await setImmediate()
    collect()
    expect([engine.size(), held.length, held[0]?.deref()]).toEqual([1, 1, undefined])
  })

  describe('with an answer that is too large', () => {
    const typeDefs =
      'type Query { list: [A] } type A { text: String tags: [String!] bad: Int } type Mutation { list: [A] }'
    const item = {
      text: 'x'.repeat(100),
      tags: ['y'.repeat(50), 'z'.repeat(50)],
      bad: () => Promise.reject(new Error('bad')),
    }
    const ask = async (query: string, rows: number, executor: Executor = 'plans') => {
      const engine = createEngine({ executor, answerCharactersMax: 1000, answerErrorsMax: 5 })
      const args = {
        schema: buildSchema(typeDefs),
        document: parse(query),
        rootValue: { list: Array(rows).fill(item) },
      }
      const { data, errors = [] } = await engine.execute(args)
      return {
        rows: (data?.list as unknown[] | undefined)?.length,
        codes: errors.map(({ extensions }) => extensions.code),
      }
    }

    it.each([
      '{ list { text } }',
      '{ list { tags } }',
      'mutation { list { text } }',
      '{ list { text } __schema { queryType { name } } }',
    ])('refuses the whole of it by its characters: %s', async (query) => {
      expect(await ask(query, 9)).toEqual({ rows: 9, codes: [] })
      expect(await ask(query, 11)).toEqual({ rows: undefined, codes: ['LIMIT_EXCEEDED'] })
    })

    it.each(executors)('refuses the whole of it by its errors: %s', async (executor) => {
      expect(await ask('{ list { bad } }', 5, executor)).toEqual({ rows: 5, codes: Array(5).fill(undefined) })
      expect(await ask('{ list { bad } }', 6, executor)).toEqual({ rows: undefined, codes: ['LIMIT_EXCEEDED'] })
    })

    it('reports every error of a mutation, whose writes were made', async () => {
      expect(await ask('mutation { list { bad } }', 6)).toEqual({ rows: 6, codes: Array(6).fill(undefined) })
    })
  })

  it('keeps plans of at most so many characters in all, and 15 more for each field', () => {
    const engine = createEngine({ plannedCharactersMax: 130 })
    const schema = buildSchema('type Query { a: Int }')
    const plan = (characters: number) => engine.execute({ schema, document: parse('{ a }'.padEnd(characters, ' ')) })
    for (let round = 0; round < 20; round += 1) plan(20 + round)
    expect(engine.size()).toBe(2)
    plan(116)
    expect(engine.size()).toBe(2)
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
})

describe('what the engine keeps', () => {
  const schema = buildSchema('type Query { a: Int }')

  it('is bounded', async () => {
    const engine = createEngine({ plansMax: 2 })
    for (const query of ['{ me }', '{ stats }', '{ me stats }'])
      await engine.execute(argsOf(shop().schema, alice, query))
    expect(engine.size()).toBe(2)
  })

  it('is one plan for a document that is executed again', async () => {
    const engine = createEngine()
    const args = argsOf(shop().schema, alice, '{ me }')
    for (const _ of [1, 2, 3]) await engine.execute(args)
    expect(engine.size()).toBe(1)
  })

  it.each([
    ['a mutation', 'mutation { a }'],
    ['a long document', `{ a } #${'x'.repeat(10_000)}`],
    ['introspection', '{ __type(name: "Query") { name } }'],
    ['no operation of the document', 'query A { a } query B { a }'],
  ])('is no plan of %s, which graphql-js executes', async (_name, query) => {
    const both = buildSchema('type Query { a: Int } type Mutation { a: Int }')
    const engine = createEngine()
    await expectSame({ schema: both, document: parse(query), rootValue: { a: 1 } }, engine)
    expect(engine.size()).toBe(0)
  })

  it.each(['fieldResolver', 'typeResolver'])('is no plan of an execution with its own %s', async (name) => {
    const engine = createEngine()
    await expectSame({ ...argsOf(schema, alice, '{ a }'), [name]: () => 7 }, engine)
    expect(engine.size()).toBe(0)
  })

  it('is apart for operations of one document, and for schemas', async () => {
    const engine = createEngine()
    const document = parse('query A { me } query B { stats }')
    const run = (on: GraphQLSchema, principal: unknown, operationName: string) =>
      json(engine.execute({ schema: on, document, operationName, contextValue: { principal } }))
    for (const _ of [1, 2]) {
      expect((await run(shop().schemaFor(alice), alice, 'A')).data).toEqual({ me: 'alice' })
      expect((await run(shop().schemaFor(bob), bob, 'B')).data).toEqual({ stats: null })
      expect((await run(shop().schemaFor(callers.boss), callers.boss, 'B')).data).toEqual({ stats: 42 })
      expect((await run(shop().schema, alice, 'C')).errors).toHaveLength(1)
    }
  })

  it('is apart for no name and the empty one', async () => {
    const engine = createEngine()
    const document = parse('{ a }')
    const ask = async (operationName: string | null) =>
      engine.execute({ schema, document, operationName, rootValue: { a: 1 } })
    for (const _ of [1, 2, 3]) {
      expect(await ask(null)).toEqual({ data: { a: 1 } })
      expect((await ask(''))?.errors?.[0]?.message).toContain('Unknown operation')
    }
  })

  it('refuses an invalid schema as graphql-js does', () => {
    const args = { schema: buildSchema('type A { a: Int }'), document: parse('{ a }') }
    expect(() => createEngine().execute(args)).toThrow('Query root type must be provided.')
    expect(() => execute(args)).toThrow('Query root type must be provided.')
  })
})
