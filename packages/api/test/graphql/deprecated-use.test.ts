import { anonymous } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { deprecatedIn, deprecatedUsesMax } from '../../src/graphql/deprecated-use.ts'
import { callOn, createServer, json } from '../support/apollo-server.ts'

const schema = buildSchema(`
  type Query { new: String old: String @deprecated item(a: Int, b: Int @deprecated): Item other: Item }
  type Item { old: Int @deprecated(reason: "") new: Int item: Item }
`)

describe('deprecated members of an operation', () => {
  it.each([
    ['a field, once', '{ old again: old }', ['Query.old']],
    ['an argument', '{ item(b: 1) { new } }', ['Query.item(b:)']],
    ['a field in fragments', 'query A { other { ...f } } fragment f on Item { item { ... { old } } }', ['Item.old']],
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

async function usesOf(own: GraphQLSchema, query: string, principal: Parameters<typeof callOn>[4] = anonymous) {
  const { server, lines } = createServer([], own)
  await server.start()
  await callOn(server, { query, variables: { secret: 'hunter2' } }, json, {}, principal)
  return lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'deprecated_used')
}

describe('the log', () => {
  it('has one line for each deprecated member, with operation and client and nothing else', async () => {
    const caller = sampleUser({ id: 'alice', clientId: 'web' })
    const uses = await usesOf(schema, 'query Old { old item(b: 1) { new } }', caller)
    const facts = { level: 'info', event: 'deprecated_used', requestId: 'r1', operation: 'Old', clientId: 'web' }
    expect(uses).toEqual(['Query.old', 'Query.item(b:)'].map((field) => ({ ...facts, field })))
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
