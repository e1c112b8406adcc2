/**
 * What the engine takes in relation to graphql-js, in one run: the memory of a plan, and the time of hostile variables.
 * Ratios of two measurements of one process depend little on the machine; the bounds leave room for a machine that is
 * busy.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { buildSchema, execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'

const schema = buildSchema(`
  enum Color { RED GREEN }
  input In { id: ID, ids: [ID!], matrix: [[[Int!]]], color: Color, inner: In, name: String }
  type Thing {
    id: ID name: String color: Color thing: Thing things: [Thing] echo(in: In, list: [In!], ids: [ID!]): String
  }
  type Query { thing: Thing things: [Thing] echo(in: In, list: [In!], ids: [ID!]): String }
`)

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

function heapBytes(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** Bytes of the heap that the values of `make` hold. */
function heldBy<Value>(make: () => Value): { readonly bytes: number; readonly value: Value } {
  const before = heapBytes()
  const value = make()
  return { bytes: heapBytes() - before, value }
}

/** Documents of `count` different texts, each with as many fields, aliases and levels as fit. */
const shapes: Readonly<Record<string, (index: number) => string>> = {
  'fields and aliases': (index) => `{ ${many(60, (at) => `a${at}: thing { id name b${index}: color }`)} }`,
  'levels of lists': (index) => `{ ${'things { id thing { name '.repeat(7)} x${index}: id ${'} }'.repeat(7)} }`,
  'fragments that are spread often': (index) =>
    `{ ${many(30, (at) => `a${at}: thing { ...f }`)} } ` +
    `fragment f on Thing { id name x${index}: thing { id name color } }`,
  arguments: (index) => `{ ${many(30, (at) => `a${at}: echo(in: { id: "${index}" }, ids: ["a", "b"])`)} }`,
}

function many(count: number, one: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => one(index)).join(' ')
}

const thing: object = { id: 1, name: 'n', color: 'RED', echo: 'e', thing: () => thing, things: () => [thing] }

/** What an engine holds after 300 different texts. The documents are held by the plans alone. */
function heldByPlans(textOf: (index: number) => string, plannedCharactersMax: number) {
  const engine = createEngine({ plannedCharactersMax })
  const run = (index: number) => engine.execute({ schema, document: parse(textOf(index)), rootValue: thing })
  run(0)
  return heldBy(() => {
    for (let index = 1; index <= 300; index += 1) run(index)
    return engine
  })
}

describe('plans', () => {
  const weightMax = 60_000

  it.each(Object.entries(shapes))(
    'hold, with their documents, at most 200 bytes for each character of their bound: %s',
    (_name, textOf) => {
      const { bytes, value } = heldByPlans(textOf, weightMax)
      expect(value.size()).toBeGreaterThan(3)
      expect(value.size()).toBeLessThan(300)
      expect(bytes / weightMax).toBeLessThan(200)
      expect(bytes / weightMax).toBeGreaterThan(20)
    },
  )

  it.each(Object.entries(shapes).filter(([, textOf]) => !textOf(1).includes('fragment')))(
    'hold less than three times what graphql-js holds of their documents: %s',
    (_name, textOf) => {
      const texts = Array.from({ length: 60 }, (_, index) => textOf(index + 1))
      const engine = createEngine({ plannedCharactersMax: 1e9 })
      engine.execute({ schema, document: parse(textOf(0)), rootValue: thing })
      const parsed = heldBy(() => texts.map((text) => parse(text)))
      const plans = heldBy(() => {
        for (const document of parsed.value) engine.execute({ schema, document, rootValue: thing })
      })
      expect(engine.size()).toBe(61)
      expect(plans.bytes / parsed.bytes).toBeLessThan(3)
    },
  )
})

/** The least time of some runs, in milliseconds: a machine that is busy only makes runs longer. */
function leastTime(act: () => unknown, runs = 7): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    act()
    return performance.now() - start
  })
  return Math.min(...times)
}

const size = 20_000
const document = parse('query($in: In, $list: [In!], $ids: [ID!]) { echo(in: $in, list: $list, ids: $ids) }')
const plain = { ids: Array.from({ length: size }, (_, index) => `id${index}`) }

function nested(depth: number, inner: unknown): unknown {
  return depth === 0 ? inner : [nested(depth - 1, inner)]
}

const hostile: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  'nulls in a list': () => ({ ids: Array(size).fill(null) }),
  'wrong types in a list': () => ({ ids: Array(size).fill({ a: 1 }) }),
  'unknown members': () => ({ in: Object.fromEntries(plain.ids.map((id) => [id, 1])) }),
  'unknown members in a list': () => ({ list: Array(size).fill({ odd: 1 }) }),
  'a long text in the place of an enum': () => ({ in: { color: 'x'.repeat(size * 10) } }),
  'a long text in the place of an object': () => ({ in: 'x'.repeat(size * 10) }),
  'a large object in the place of an id': () => ({ ids: [plain] }),
  'objects in objects': () => ({ in: Array.from({ length: 900 }).reduce((inner) => ({ inner }), { inner: 1 }) }),
  'lists in lists': () => ({ in: { matrix: nested(900, 'x') } }),
  'more values than are accepted': () => plain,
}

describe('hostile variables', () => {
  const engine = createEngine()
  const ours = (variableValues: Readonly<Record<string, unknown>>) =>
    engine.execute({ schema, document, variableValues, rootValue: thing })
  const theirs = (variableValues: Readonly<Record<string, unknown>>) =>
    execute({ schema, document, variableValues, rootValue: thing })

  it.each(Object.entries(hostile))(
    'take no longer than a small multiple of plain variables under graphql-js: %s',
    (_name, make) => {
      const variables = make()
      expect(ours(variables)).toMatchObject({ errors: expect.any(Array) })
      const reference = leastTime(() => theirs(plain))
      expect(leastTime(() => ours(variables)) / reference).toBeLessThan(2)
    },
  )

  it('would take graphql-js many times as long', () => {
    const variables = hostile['unknown members']?.() ?? {}
    expect(leastTime(() => theirs(variables), 1) / leastTime(() => ours(variables))).toBeGreaterThan(20)
  })
})
