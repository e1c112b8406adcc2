import { buildSchema, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../src/engine.ts'
import { argsOf, eager, json, shop } from './engine-kit.ts'
import { alice, bob, callers } from './shop.ts'

describe('the engine', () => {
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
