import { makeExecutableSchema } from '@graphql-tools/schema'
import { buildSchema, getOperationAST, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { isCompilable } from '../src/compilable.ts'
import { loadJit } from '../src/jit.ts'
import { eager, json } from './engine-kit.ts'

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
    '{ idx: id }',
    '{ idx1a: id }',
    '{ aidx1: id }',
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
    ['query($n: Nope) { by(id: $n) { id } }'],
    ['{ by(size: 1.5) { id } }'],
    ['{ id @skip(if: false) }'],
    ['{ ... @include(if: true) { id } }'],
    ['query @x { id }'],
    ['mutation { by }'],
    ['{ __proto__: id }'],
    ['{ a_b: id }'],
    ['{ deep_name }'],
    ['{ idx0: id }'],
    ['{ idx10: id }'],
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
