/** The plans that the engine keeps, and their keys. */
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { buildSchema, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'
import { alice, bob, callers } from '../shop.ts'
import { argsOf, expectSame, json, shop } from './engine-kit.ts'

describe('an engine with plans', () => {
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
    ['a subscription', 'subscription { a }'],
    ['introspection of a type', '{ __type(name: "Query") { name } }'],
    ['introspection of the schema', '{ a __schema { queryType { name } } }'],
    ['a field called __proto__', '{ a __proto__ }'],
    ['an alias called __proto__', '{ a __proto__: a }'],
    ['a condition without a value', 'query($on: Boolean) { a @include(if: $on) }'],
    ['no operation of the document', 'query A { a } query B { a }'],
  ])('is no plan of %s, which graphql-js executes', async (_name, query) => {
    const all = buildSchema('type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }')
    const engine = createEngine()
    await expectSame({ schema: all, document: parse(query), rootValue: { a: 1 } }, engine)
    expect(engine.size()).toBe(0)
    await expectSame({ schema: all, document: parse('{ a b: a }'), rootValue: { a: 1 } }, engine)
    expect(engine.size()).toBe(1)
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

  it('has at most so many characters in all, and 15 for each field', () => {
    const engine = createEngine({ plannedCharactersMax: 130 })
    const schema = buildSchema('type Query { a: Int }')
    const plan = (characters: number) => engine.execute({ schema, document: parse('{ a }'.padEnd(characters, ' ')) })
    for (let round = 0; round < 20; round += 1) plan(20 + round)
    expect(engine.size()).toBe(2)
    plan(116)
    expect(engine.size()).toBe(2)
  })
})
