/**
 * No input reaches INTERNAL: any JSON, document and query string, from any caller, is answered or refused with a
 * specific code.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caller, json, nearly, soup, text } from './kit/arbitrary-requests.ts'
import { argumentPositions } from './kit/argument-positions.ts'
import { responseTo as decodedResponse } from './kit/decoded-response.ts'
import { getOf } from './kit/get-requests.ts'
import { type HostileRequest, type MeasuredEndpoint, startMeasuredEndpoint } from './kit/measured-endpoint.ts'

let endpoint: MeasuredEndpoint

beforeAll(async () => {
  endpoint = await startMeasuredEndpoint()
})
afterAll(() => endpoint.stop())

async function codesFor(sent: HostileRequest): Promise<{ status: number; codes: readonly unknown[] }> {
  const { status, errors } = await decodedResponse(endpoint, sent)
  return { status, codes: errors.map(({ extensions }) => extensions?.code) }
}

/** Expects a response without INTERNAL, which would alert an operator. */
async function expectNamed(sent: HostileRequest): Promise<void> {
  const { status, codes } = await codesFor(sent)
  expect([status < 500, codes.includes('INTERNAL'), codes.includes(undefined)], JSON.stringify(sent)).toEqual([
    true,
    false,
    false,
  ])
}

function check(sent: fc.Arbitrary<HostileRequest>, numRuns: number) {
  return fc.assert(fc.asyncProperty(sent, expectNamed), {
    numRuns,
    interruptAfterTimeLimit: 120_000,
    markInterruptAsFailure: true,
  })
}

describe('nothing that is sent is INTERNAL', () => {
  it('as a body of JSON', () => check(fc.record({ caller, body: json.map((body) => JSON.stringify(body)) }), 1500))

  it('as a body that is no JSON', () =>
    check(
      fc.record({ caller, body: fc.oneof(text, soup, fc.constantFrom('{', '[', '"', '\ufeff{}', '{"query":')) }),
      300,
    ))

  it('as a document', () =>
    check(fc.record({ caller, body: fc.oneof(soup, nearly).map((query) => JSON.stringify({ query })) }), 1500))

  it('as the value of an argument', () => {
    const at = fc.constantFrom(...argumentPositions())
    const sent = fc.tuple(caller, at, json).map(([who, position, value]) => {
      const variables = position.variables(JSON.stringify(value) ?? 'null')
      return { caller: who, body: `{"query":${JSON.stringify(position.query)},"variables":${variables}}` }
    })
    return check(sent, 2000)
  })

  it('as what goes around an operation', () => {
    const body = fc.record(
      { query: fc.constant('{ me { id } }'), variables: json, operationName: json, extensions: json },
      { requiredKeys: ['query'] },
    )
    const hashed = json.map((hash) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }))
    return check(fc.record({ caller, body: fc.oneof(body, hashed).map((each) => JSON.stringify(each)) }), 800)
  })

  it('as a query string', () => {
    const name = fc.oneof(fc.constantFrom('query', 'variables', 'extensions', 'operationName'), text)
    const value = fc.oneof(
      text,
      soup,
      json.map((each) => JSON.stringify(each) ?? ''),
    )
    const raw = fc.constantFrom('%', '%0', '%00', '%zz', '%ed%a0%80', '+', '&', '=', ';', '[]', '#', 'query=', '&&')
    const part = fc.oneof(
      fc
        .tuple(name, value)
        .map(([key, each]) => `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(each.toWellFormed())}`),
      raw,
    )
    const sent = fc.tuple(caller, fc.array(part, { maxLength: 5 })).map(([who, parts]) => getOf(who, parts.join('&')))
    return check(sent, 800)
  })

  it('as a header', () => {
    const name = fc.constantFrom(
      'accept',
      'accept-encoding',
      'content-type',
      'content-encoding',
      'origin',
      'host',
      'apollo-require-preflight',
      'authorization',
      'x-forwarded-for',
      '__proto__',
    )
    const value = fc.oneof(
      text,
      fc.constantFrom(
        '*/*;q=x',
        ';',
        ',',
        '"',
        'gzip',
        'br;q=0',
        'identity;q=0',
        'application/json; charset=utf-16',
        'Bearer ',
        'Basic x',
      ),
    )
    const headers = fc.dictionary(name, value, { maxKeys: 3 })
    // The second answer is long enough to be compressed.
    const queries = ['{ me { id } }', `{ ${Array.from({ length: 20 }, (_, at) => `a${at}: me { id }`).join(' ')} }`]
    const body = fc.constantFrom(...queries.map((query) => JSON.stringify({ query })))
    return check(fc.record({ caller, headers, body }), 500)
  })

  it.each(['[', '{a:', '(', '{', '... {'])('as brackets within brackets: %s', async (open) => {
    for (const levels of [90, 110, 500, 1990])
      for (const query of [`{ nodes(ids: ${open.repeat(levels)}`, open.repeat(levels), `{ me ${open.repeat(levels)}`]) {
        const { codes } = await codesFor({ caller: 'anonymous', body: JSON.stringify({ query }) })
        expect(codes).toEqual([levels > 100 ? 'LIMIT_EXCEEDED' : 'BAD_USER_INPUT'])
      }
  })

  it('as a body of 1,000,001 bytes, and one byte less is taken', async () => {
    const bodyOf = (bytes: number) => JSON.stringify({ query: '{ __typename }' }).padEnd(bytes, ' ')
    const sent = (bytes: number): HostileRequest => ({ caller: 'anonymous', body: bodyOf(bytes) })
    expect([await codesFor(sent(1_000_000)), await codesFor(sent(1_000_001))]).toEqual([
      { status: 200, codes: [] },
      { status: 413, codes: ['LIMIT_EXCEEDED'] },
    ])
  })

  /** GraphQL §5.8.5 allows such a variable in a non-null position; null then fails only when it is used. */
  const defaulted: readonly (readonly [string, object])[] = [
    ['query($i: ID = "x") { node(id: $i) { id } }', { i: null }],
    ['query($i: ID = "x") { nodes(ids: [$i]) { id } }', { i: null }],
    ['query($i: [ID!] = ["x"]) { nodes(ids: $i) { id } }', { i: null }],
    [
      'query($f: NoteOrderField = UPDATED_AT) { notes(orderBy: { field: $f, direction: ASC }) { nodes { id } } }',
      { f: null },
    ],
    ['query($b: Boolean = true) { __typename @skip(if: $b) }', { b: null }],
    ['query($b: Boolean = true) { me { id @include(if: $b) } }', { b: null }],
    ['query($b: Boolean = true) { ...F @skip(if: $b) } fragment F on Query { __typename }', { b: null }],
    ['query($s: String = "x") { __type(name: $s) { name } }', { s: null }],
    ['mutation($t: String = "a") { createNote(input: { title: $t }) { note { id } } }', { t: null }],
    ['mutation($t: String = "a") { createNote(input: { title: "b", tags: [$t] }) { note { id } } }', { t: null }],
    ['mutation($i: ID = "x") { deleteNote(input: { id: $i }) { deletedNoteId } }', { i: null }],
    ['mutation($b: Boolean = true) { createNote(input: { title: "a" }) @skip(if: $b) { note { id } } }', { b: null }],
    ['query($__proto__: ID!) { node(id: $__proto__) { id } }', JSON.parse('{"__proto__":"x"}')],
    ['query($__proto__: ID = "x") { node(id: $__proto__) { id } }', {}],
    ['query($constructor: ID!) { node(id: $constructor) { id } }', { constructor: 'x' }],
  ]
  it.each(defaulted)('as the value of a variable: %s', async (query, variables) => {
    for (const caller of ['anonymous', 'alice'] as const)
      await expectNamed({ caller, body: JSON.stringify({ query, variables }) })
  })
})
