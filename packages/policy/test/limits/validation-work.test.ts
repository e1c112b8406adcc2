/** How much graphql-js does to validate what the limits let pass, counted in members read of the document's tree, not in time. */
import { buildSchema, type DocumentNode, getIntrospectionQuery, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { parseWithin } from '../../src/limits/limits.ts'

const fields = 'a: I b: I c: I x(n: Int): Int'
const schema = buildSchema(
  `interface I { ${fields} } type A implements I { ${fields} } type Query implements I { ${fields} }`,
)

function many(count: number, one: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => one(index)).join(' ')
}

/** `a` within `a`, so often beside itself at each level, and `foot` at the bottom. */
function nested([count, ...deeper]: readonly number[], foot: string): string {
  return count === undefined ? foot : many(count, () => `a { ${nested(deeper, foot)} }`)
}

function xs(count: number, one = 'x'): string {
  return many(count, () => one)
}

/** The document behind a proxy that counts what is read of it. One proxy for each node, so that nodes keep their identity. */
function counted(document: DocumentNode) {
  let reads = 0
  const proxies = new WeakMap<object, object>()
  const wrap = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const known = proxies.get(value)
    if (known) return known
    const get = (target: object, name: string | symbol) => {
      reads += 1
      return wrap(Reflect.get(target, name))
    }
    const made = new Proxy(value, { get })
    proxies.set(value, made)
    return made
  }
  return { document: wrap(document) as DocumentNode, reads: () => reads }
}

function readsFor(source: string): number {
  const { document, reads } = counted(parseWithin(source))
  validate(schema, document)
  return reads()
}

/** As large as the limits allow, in every way that was found to make comparing fields dear. */
const attacks: readonly [string, string][] = [
  ['duplicates in duplicates', `{ ${nested([20], xs(20))} }`],
  ['duplicates in duplicates in duplicates', `{ ${nested([7, 7], xs(7))} }`],
  ['duplicates six deep', `{ ${nested([2, 2, 2, 2, 2, 2], 'x x')} }`],
  ['duplicates with arguments, which are printed to be compared', `{ ${nested([17], xs(19, 'x(n: 1)'))} }`],
  ['duplicates in types', `{ a { ${many(10, () => `... on A { a { ${xs(19)} } } ... on A { a { ${xs(19)} } }`)} } }`],
  [
    'duplicates in fragments',
    `{ ${many(20, (at) => `a { ...f${at} }`)} } ${many(20, (at) => `fragment f${at} on I { ${xs(20)} }`)}`,
  ],
  ['four operations', many(4, (at) => `query q${at} { ${nested([20], xs(20))} }`)],
  ['four fragments that nobody uses', `{ x } ${many(4, (at) => `fragment f${at} on I { ${nested([20], xs(20))} }`)}`],
  [
    'sixty fragments, spread three hundred times',
    `{ ${many(15, (row) => `a { ${many(20, (at) => `...f${(row * 20 + at) % 60}`)} }`)} } ${many(60, (at) => `fragment f${at} on I { x }`)}`,
  ],
  [
    'two ladders of fragments',
    `{ a { ...f0 } a { ...g0 } } ${many(13, (at) => `fragment f${at} on I { a { ...f${at + 1} } } fragment g${at} on I { a { ...g${at + 1} } }`)} fragment f13 on I { x } fragment g13 on I { x }`,
  ],
]

describe('validation', () => {
  it.each(attacks)('reads at most 1.2 million members for what passes the limits: %s', (_name, source) => {
    expect(readsFor(source)).toBeLessThan(1_200_000)
  })

  it('has far less to read where nobody attacks', () => {
    expect(readsFor(getIntrospectionQuery())).toBeLessThan(20_000)
  })

  it('would have ever more to read without the limits', () => {
    const work = (count: number) => readsFor(`{ ${nested([count], xs(count))} }`)
    expect(work(20)).toBeGreaterThan(8 * work(10))
  })
})
