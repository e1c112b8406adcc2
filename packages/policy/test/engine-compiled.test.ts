/** Which answers of a compiled operation are taken, and which operations are compiled at all. A compiler of our own shows who answered. */
import { buildSchema, type ExecutionResult, execute, GraphQLError, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../src/engine.ts'

const schema = buildSchema('type Query { me(x: Int): Int a: A list: [Int] } type A { b: Int }')
const rootValue = { me: 1, a: { b: 1 }, list: [1] }
const answerOfGraphql = { data: { me: 1, a: { b: 1 }, list: [1] } }

const ask = (source = 'query($x: Int) { me(x: $x) a { b } list }', variableValues: object | null = {}) => ({
  schema,
  document: parse(source),
  rootValue,
  variableValues: variableValues as Record<string, unknown>,
})

const failed = (path: readonly (string | number)[], originalError: Error | null = new Error('of a resolver')) =>
  new GraphQLError('failed', { path, originalError })

/** An engine whose compiler is ready, and how often it was asked to compile and to run. */
const engineWith = async (run: () => ExecutionResult | Promise<ExecutionResult>, compileAfter = 0) => {
  const count = { compiled: 0, ran: 0 }
  const compiled = () => {
    count.ran += 1
    return run()
  }
  const compile = () => {
    count.compiled += 1
    return compiled
  }
  const engine = createEngine({ compileAfter, load: async () => compile })
  const other = ask('{ list }')
  for (let call = 0; call <= compileAfter; call += 1) await engine.execute(other)
  await engine.ready()
  return { engine, count }
}

const taken: readonly [string, ExecutionResult][] = [
  ['without errors', { data: { me: 2 } }],
  ['an error of a resolver at the root', { data: { me: null }, errors: [failed(['me'])] }],
  ['an error whose parent is there', { data: { a: { b: null } }, errors: [failed(['a', 'b'])] }],
  ['an error below an item', { data: { list: [{ b: null }] }, errors: [failed(['list', 0, 'b'])] }],
]

const refused: readonly [string, ExecutionResult][] = [
  ['an error that no resolver threw', { data: { me: null }, errors: [failed(['me'], null)] }],
  ['an error of an item', { data: { list: [null] }, errors: [failed(['list', 0])] }],
  ['an error that took its parent along', { data: { a: null }, errors: [failed(['a', 'b'])] }],
  ['an error whose parent is nowhere', { data: {}, errors: [failed(['a', 'b'])] }],
  ['an error that took everything along', { data: null, errors: [failed(['me'])] }],
  ['two errors, one of an item', { data: { me: null, list: [] }, errors: [failed(['me']), failed(['list', 0])] }],
]

describe('the answer of a compiled operation', () => {
  it.each(taken)('is taken: %s', async (_name, answer) => {
    for (const run of [() => answer, async () => answer]) {
      const { engine } = await engineWith(run)
      expect(await engine.execute(ask())).toBe(answer)
    }
  })

  it.each(refused)('is made again by graphql-js: %s', async (_name, answer) => {
    for (const run of [() => answer, async () => answer]) {
      const { engine, count } = await engineWith(run)
      const args = ask()
      for (const _ of [1, 2]) expect(await engine.execute(args)).toEqual(answerOfGraphql)
      expect(count).toEqual({ compiled: 1, ran: 2 })
    }
  })

  it('is not asked for when the variables are wrong', async () => {
    const { engine, count } = await engineWith(() => ({ data: {} }))
    const args = ask(undefined, { x: 'no number' })
    expect(await engine.execute(args)).toEqual(execute(args))
    expect(count.ran).toBe(0)
  })

  it('is asked for without variables too', async () => {
    const { engine, count } = await engineWith(() => ({ data: { me: 2 } }))
    const { variableValues: _, ...args } = ask('{ me a { b } list }')
    expect(await engine.execute(args)).toEqual({ data: { me: 2 } })
    expect(count.ran).toBe(1)
  })
})

describe('an operation', () => {
  it.each([
    ['throws', () => Promise.reject(new Error('bug'))],
    [
      'throws at once',
      () => {
        throw new Error('bug')
      },
    ],
  ])('that once %s is never compiled or run again', async (_how, run) => {
    const { engine, count } = await engineWith(run)
    const args = ask()
    for (const _ of [1, 2, 3]) expect(await engine.execute(args)).toEqual(answerOfGraphql)
    expect(count).toEqual({ compiled: 1, ran: 1 })
  })

  it('that the compiler declines is not shown to it again', async () => {
    let asked = 0
    const declining = () => {
      asked += 1
      return undefined
    }
    const engine = createEngine({ compileAfter: 0, load: async () => declining })
    const args = ask()
    for (const _ of [1, 2, 3]) {
      await engine.execute(args)
      await engine.ready()
    }
    expect(asked).toBe(1)
  })

  it('is compiled once, after the number of calls that was told, and not before', async () => {
    const { engine, count } = await engineWith(() => ({ data: { me: 2 } }), 3)
    const args = ask()
    const ran: number[] = []
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      await engine.execute(args)
      ran.push(count.ran)
    }
    expect(ran).toEqual([0, 0, 0, 1, 2, 3])
    expect(count.compiled).toBe(1)
  })

  it('loads no compiler before it repeats', async () => {
    let loads = 0
    const load = async () => {
      loads += 1
      return () => undefined
    }
    const engine = createEngine({ compileAfter: 1, load })
    const args = ask()
    await engine.execute(args)
    expect(loads).toBe(0)
    for (const _ of [1, 2, 3]) await engine.execute(args)
    expect(loads).toBe(1)
  })

  it('is the same whether its name is left out or null, and keeps its place', async () => {
    const engine = createEngine()
    const args = ask()
    for (const operationName of [undefined, null, undefined]) engine.execute({ ...args, operationName })
    expect(engine.size().kept).toBe(1)
    engine.execute(ask('{ me }'))
    engine.execute(ask('{ list }'))
    expect(engine.size().kept).toBe(3)
  })

  it('is kept up to 10,000 characters, and answered without a text too', async () => {
    const engine = createEngine()
    engine.execute(ask('{ me }'.padEnd(10_000, '#')))
    expect(engine.size().kept).toBe(1)
    const { loc: _, ...document } = parse('{ me }')
    expect(await engine.execute({ schema, document, rootValue })).toEqual({ data: { me: 1 } })
  })
})
