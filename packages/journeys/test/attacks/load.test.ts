/** Documents above the limits: refused before execution. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, type Fixture, internals, type OperationBody, post, startFixture, stored } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.endpoint.stop())

function many(count: number, write: (at: number) => string) {
  return Array.from({ length: count }, (_, at) => write(at)).join(' ')
}
function deep(levels: number, inner: string) {
  return `${'... { '.repeat(levels)}${inner}${' }'.repeat(levels)}`
}
function chain(length: number) {
  return many(
    length,
    (at) => `fragment F${at} on Note { ${at + 1 < length ? `...F${at + 1} ...F${at + 1}` : 'title'} }`,
  )
}

/** A page with nested lists. */
function pageOf(at: number, first: string): string {
  const fields = 'nodes { id title shares { person { id name } } } edges { node { id content } }'
  return `p${at}: notes(first: ${first}) { ${fields} }`
}

/** One of 20 fragments, each of which spreads the next one. */
function fragmentOfChain(at: number): string {
  return `fragment F${at} on Note { owner { ${at < 19 ? `...F${at + 1}` : 'id'} } }`
}

type Row = readonly [attack: string, body: OperationBody]

/** Refused as LIMIT_EXCEEDED with HTTP 400, or with 413 for size alone. */
const tooMuch: readonly Row[] = [
  ['1,000 aliases', { query: `{ ${many(1000, (at) => `a${at}: me { id }`)} }` }],
  [
    '1,000 aliases of one note',
    { query: `{ node(id: "x") { ... on Note { ${many(1000, (at) => `a${at}: title`)} } } }` },
  ],
  ['1,000 times one field', { query: `{ ${many(1000, () => 'me { id }')} }` }],
  ['2,000 times one field without a selection', { query: `{ ${many(2000, () => '__typename')} }` }],
  ['100 fields at the root', { query: `{ ${many(100, (at) => `t${at}: tags { tag }`)} }` }],
  ['60 directives', { query: `{ me ${many(60, () => '@include(if: true)')} { id } }` }],
  ['60 unknown directives', { query: `{ me ${many(60, (at) => `@d${at}`)} { id } }` }],
  [
    'a thousand fields in a fragment used often',
    { query: `{ ${many(20, (at) => `a${at}: me { ...F }`)} } fragment F on User { ${many(60, () => 'id')} }` },
  ],
  ['fragments that double forty times', { query: `{ note(id: "x") { ...F0 } } ${chain(40)}` }],
  [
    '50 mutations',
    { query: `mutation { ${many(50, (at) => `a${at}: createNote(input: { title: "x" }) { note { id } }`)} }` },
  ],
  ['20 levels of relations', { query: `{ note(id: "x") ${'{ owner '.repeat(20)}{ id }${' }'.repeat(20)} }` }],
  [
    '20 levels hidden in fragments',
    {
      query: `{ note(id: "x") { ...F0 } } ${many(20, fragmentOfChain)}`,
    },
  ],
  [
    'pages of pages',
    {
      query: `{ ${many(12, (at) => pageOf(at, '100'))} }`,
    },
  ],
  [
    'pages by variables',
    {
      query: `query ($n: Int) { ${many(12, (at) => pageOf(at, '$n'))} }`,
      variables: { n: 100 },
    },
  ],
  ['a 900 KB query of tokens', { query: `{ ${'me{id} '.repeat(128_000)} }` }],
  ['1 MB of query', { query: `{ me { id } } # ${'x'.repeat(1_000_000)}` }],
  ['1 MB of variables', { query: '{ me { id } }', variables: { x: 'x'.repeat(1_000_000) } }],
]

/** Refused as bad input. */
const malformed: readonly Row[] = [
  ['a fragment within itself', { query: '{ me { ...A } } fragment A on User { ...A }' }],
  [
    'a circle of fragments',
    { query: '{ me { ...A } } fragment A on User { ...B } fragment B on User { ...C } fragment C on User { id ...A }' },
  ],
  ['an unused circle of fragments', { query: '{ me { id } } fragment A on User { ...B } fragment B on User { ...A }' }],
  ['a page of -1', { query: '{ notes(first: -1) { nodes { id } } }' }],
  ['a page of none', { query: '{ notes(first: 0) { nodes { id } } }' }],
  ['a page of 100,000', { query: '{ notes(first: 100000) { nodes { id } } }' }],
  ['a last page of 100,000', { query: '{ sharedWithMe(last: 100000) { nodes { id } } }' }],
  ['a page from both ends', { query: '{ notes(first: 1, last: 1) { nodes { id } } }' }],
  ['a page beyond 32 bits', { query: '{ notes(first: 99999999999) { nodes { id } } }' }],
  ['changes by 100,000', { query: '{ changes(first: 100000) { hasMore } }' }],
  ['101 ids', { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: Array(101).fill('x') } }],
]

describe('too much', () => {
  it.each(tooMuch)('is refused before it runs: %s', async (_attack, body) => {
    const { answer, written } = await stored(fixture, () => post(fixture, fixture.token('alice'), body))
    expect([codesOf(answer), answer.body.data ?? null, written]).toEqual([['LIMIT_EXCEEDED'], null, []])
    expect([400, 413]).toContain(answer.status)
    expect(answer.text).not.toMatch(internals)
  })

  it.each(malformed)('is bad input: %s', async (_attack, body) => {
    const { answer, written } = await stored(fixture, () => post(fixture, fixture.token('alice'), body))
    expect([codesOf(answer)[0], written]).toEqual(['BAD_USER_INPUT', []])
    expect(answer.text).not.toMatch(internals)
  })

  it('is refused for an anonymous caller as for every other', async () => {
    for (const [, body] of tooMuch.slice(0, 4))
      expect(codesOf(await post(fixture, undefined, body))).toEqual(['LIMIT_EXCEEDED'])
  })

  it('is not met by a deep but empty nesting of fragments that selects one field', async () => {
    const answer = await post(fixture, fixture.token('alice'), { query: `{ ${deep(10, 'me { id }')} }` })
    expect(codesOf(answer)).toEqual([])
  })

  it('is refused before thousands of overlapping fields are compared, and the next request is served', async () => {
    const fields = many(100, (at) => `f${at}: note(id: "${at}") { id }`)
    const query = `{ ${many(8, () => `... { ${fields} }`)} }`
    expect(codesOf(await post(fixture, fixture.token('alice'), { query }))).toEqual(['LIMIT_EXCEEDED'])
    expect(codesOf(await post(fixture, fixture.token('alice'), { query: '{ me { id } }' }))).toEqual([])
  })
})
