import { anonymous } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { deprecatedIn } from '../../src/graphql/deprecated-members.ts'
import { deprecatedUsesMax } from '../../src/graphql/deprecated-use.ts'
import { callOn, createServer, json } from '../support/apollo-server.ts'

const schema = buildSchema(`
  type Query {
    new: String old: String @deprecated item(a: Int, b: Int @deprecated): Item other: Item
    node: Node find(in: In, ins: [In!], color: Color = RED, colors: [Color!]): Int
  }
  interface Node { name(short: Int): Int label: Int @deprecated }
  type Item implements Node {
    old: Int @deprecated(reason: "") new: Int item: Item name(short: Int @deprecated): Int @deprecated label: Int
  }
  type Other implements Node { name(short: Int): Int label: Int }
  input In { a: Int b: Int @deprecated in: In color: Color }
  enum Color { RED BLUE @deprecated }
`)

describe('deprecated members of an operation', () => {
  it.each([
    ['a field, once', '{ old again: old }', ['Query.old']],
    ['an argument', '{ item(b: 1) { new } }', ['Query.item(b:)']],
    ['a field in fragments', 'query A { other { ...f } } fragment f on Item { item { ... { old } } }', ['Item.old']],
    ['a field of an object, by its interface', '{ node { name } }', ['Item.name']],
    ['a field of an interface', '{ node { label } }', ['Node.label']],
    ['an argument of an object, by its interface', '{ node { name(short: 1) } }', ['Item.name', 'Item.name(short:)']],
    ['a field of one type that the object can have', '{ node { ... on Other { name label } } }', []],
    ['an input field', '{ find(in: { a: 1, b: 2 }) }', ['In.b']],
    ['an input field within others', '{ find(ins: [{ in: { b: null } }]) }', ['In.b']],
    ['a value of an enum', '{ find(color: BLUE) }', ['Color.BLUE']],
    ['a value within lists and inputs', '{ find(colors: [RED, BLUE], in: { color: BLUE }) }', ['Color.BLUE']],
    [
      'a default of a variable',
      'query ($c: Color = BLUE, $i: In = { b: 1 }) { find(color: $c, in: $i) }',
      ['Color.BLUE', 'In.b'],
    ],
    ['none of an input', '{ find(in: { a: 1, color: RED }, color: RED) }', []],
    ['none', '{ new item(a: 1) { old: new } __typename __schema { __typename } }', []],
  ])('are found: %s', (_what, source, expected) => {
    const [name] = /(?<=query )\w+/.exec(source) ?? []
    expect(deprecatedIn(schema, parse(source), name)).toEqual(expected)
  })

  it('are those of the executed operation alone', () => {
    const document = parse('query A { new } query B { ...f } fragment f on Query { old }')
    expect(deprecatedIn(schema, document, 'A')).toEqual([])
    expect(deprecatedIn(schema, document, 'B')).toEqual(['Query.old'])
  })
})

async function usesOf(
  own: GraphQLSchema,
  query: string,
  principal: Parameters<typeof callOn>[4] = anonymous,
  variables: object = {},
) {
  const { server, lines } = createServer([], own)
  await server.start()
  await callOn(server, { query, variables: { secret: 'hunter2', ...variables } }, json, {}, principal)
  return lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'deprecated_used')
}

describe('the log', () => {
  it('has one line for each deprecated member, with operation and client and nothing else', async () => {
    const caller = sampleUser({ id: 'alice', clientId: 'web' })
    const uses = await usesOf(schema, 'query Old { old item(b: 1) { new } }', caller)
    const facts = { level: 'info', event: 'deprecated_used', requestId: 'r1', operation: 'Old', clientId: 'web' }
    expect(uses).toEqual(['Query.old', 'Query.item(b:)'].map((field) => ({ ...facts, field })))
  })

  const find =
    'query ($in: In, $ins: [In!], $c: Color, $cs: [Color!]) { find(in: $in, ins: $ins, color: $c, colors: $cs) }'
  it.each<[string, object, readonly string[]]>([
    ['an input field', { in: { a: 1, b: 1 } }, ['In.b']],
    ['an input field that is null', { in: { b: null } }, ['In.b']],
    ['input fields of a list, once', { ins: [{ b: 1 }, { in: { b: 1 } }] }, ['In.b']],
    ['one input in place of a list', { ins: { in: { b: 1 } } }, ['In.b']],
    ['a value of an enum', { c: 'BLUE', cs: ['RED', 'BLUE'] }, ['Color.BLUE']],
    ['a value of an enum within an input', { in: { color: 'BLUE' } }, ['Color.BLUE']],
    ['none', { in: { a: 1, color: 'RED', in: null }, c: 'RED', cs: null }, []],
    ['none where the input is refused', { in: { b: 1, constructor: 1 } }, []],
  ])('has what is in variables: %s', async (_, variables, fields) => {
    expect((await usesOf(schema, find, anonymous, variables)).map(({ field }) => field)).toEqual(fields)
  })

  it.each([
    ['input field', 'type Query { f(in: In): Int } input In { b: Int @deprecated }', '{ f(in: { b: 1 }) }', 'In.b'],
    ['enum value', 'type Query { f(c: C): Int } enum C { A B @deprecated }', '{ f(c: B) }', 'C.B'],
    [
      'field of an interface',
      'type Query { n: N } interface N { a: Int @deprecated } type O implements N { a: Int }',
      '{ n { a } }',
      'N.a',
    ],
  ])('is written for a schema whose only deprecated member is an %s', async (_, types, query, field) => {
    expect(await usesOf(buildSchema(types), query)).toMatchObject([{ field }])
  })

  it('has none of a request that is refused as a whole, nor without a deprecated member', async () => {
    expect(await usesOf(schema, '{ old absent }')).toEqual([])
    expect(await usesOf(schema, '{ new }')).toEqual([])
    expect(await usesOf(buildSchema('type Query { old: String }'), '{ old }')).toEqual([])
  })

  it('has a bounded number of lines', async () => {
    const names = Array.from({ length: deprecatedUsesMax + 1 }, (_, index) => `f${index}`)
    const wide = buildSchema(
      `type Query { inner: Inner } type Inner { ${names.map((name) => `${name}: Int @deprecated`).join(' ')} }`,
    )
    expect(deprecatedIn(wide, parse(`{ inner { ${names.join(' ')} } }`))).toHaveLength(deprecatedUsesMax + 1)
    expect(await usesOf(wide, `{ inner { ${names.join(' ')} } }`)).toHaveLength(deprecatedUsesMax)
  })
})
