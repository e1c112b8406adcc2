/**
 * How much graphql-js does to validate what the limits let pass, counted in members read of the document's tree, not in
 * time.
 */
import { buildSchema, type DocumentNode, getIntrospectionQuery, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { parseWithin } from '../../src/limits/document-limits.ts'
import { thrownBy } from '../thrown.ts'

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

/**
 * The document behind a proxy that counts what is read of it. One proxy for each node, so that nodes keep their
 * identity.
 */
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

function readsFor(parsed: DocumentNode): number {
  const { document, reads } = counted(parsed)
  validate(schema, document)
  return reads()
}

/** As large as the limits allow, in every way that was found to make comparing fields dear. */
const attacks: readonly [string, string][] = [
  ['duplicates', `{ ${xs(20)} }`],
  ['duplicates in duplicates', `{ ${nested([5], xs(4))} }`],
  ['duplicates in duplicates in duplicates', `{ ${nested([3, 2], xs(3))} }`],
  ['duplicates four deep', `{ ${nested([2, 2, 2, 2], 'x')} }`],
  ['duplicates with arguments, which are printed to be compared', `{ ${nested([4], xs(5, 'x(n: 1)'))} }`],
  ['duplicates in types', `{ a { ${many(2, () => `... on A { a { ${xs(5)} } } ... on A { a { ${xs(5)} } }`)} } }`],
  [
    'duplicates in fragments',
    `{ ${many(5, (at) => `a { ...f${at} }`)} } ${many(5, (at) => `fragment f${at} on I { ${xs(4)} }`)}`,
  ],
  ['eighteen of them side by side', `{ ${many(18, (at) => `a${at}: a { ${nested([5], xs(4))} }`)} }`],
  ['sixteen with arguments, side by side', `{ ${many(16, (at) => `a${at}: a { ${xs(19, 'x(n: 1)')} }`)} }`],
  ['four operations', many(4, (at) => `query q${at} { ${many(8, (one) => `a${one}: a { ${nested([5], xs(4))} }`)} }`)],
  [
    'four fragments that nothing uses',
    `{ x } ${many(4, (at) => `fragment f${at} on I { ${many(8, (one) => `a${one}: a { ${nested([5], xs(4))} }`)} }`)}`,
  ],
  [
    'sixty fragments, each spread often',
    `{ ${many(20, (at) => `a${at}: a { ${many(20, (one) => `...f${(at * 3 + one) % 60}`)} }`)} } ` +
      many(60, (at) => `fragment f${at} on I { x }`),
  ],
  [
    'two ladders of fragments',
    '{ a { ...f0 } a { ...g0 } } fragment f13 on I { x } fragment g13 on I { x } ' +
      many(13, (at) => `fragment f${at} on I { a { ...f${at + 1} } } fragment g${at} on I { a { ...g${at + 1} } }`),
  ],
]

describe('validation', () => {
  it.each(attacks)('reads at most 200,000 members for what passes the limits: %s', (_name, source) => {
    expect(readsFor(parseWithin(source))).toBeLessThan(200_000)
  })

  it('has far less to read where nothing is hostile', () => {
    expect(readsFor(parse(getIntrospectionQuery()))).toBeLessThan(20_000)
  })

  it('would have ever more to read without the limits', () => {
    const work = (count: number) => readsFor(parse(`{ ${nested([count], xs(count))} }`))
    expect(work(20)).toBeGreaterThan(8 * work(10))
  })

  it.each([`{ ${nested([5], xs(5))} }`, `{ ${nested([3, 3], xs(3))} }`, `{ a { ${xs(11)} } a { ${xs(10)} } }`])(
    'is not reached by more fields of one path than the limit, however they are spread: %s',
    (source) => {
      expect(thrownBy(() => parseWithin(source))).toMatchObject({ reason: expect.stringMatching(/^duplicates: /) })
    },
  )
})
