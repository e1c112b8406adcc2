/** Mistakes of clients: each gets a clear error with the right status, without implementation details. */
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { send } from './support/graphql-client.ts'
import { tokenOf } from './support/local-cloud.ts'

const cloud = ephemeralCloud()
let token: string

beforeAll(async () => {
  token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
})

const json = { 'content-type': 'application/json' }
const modern = { accept: 'application/graphql-response+json' }
const ok = '{"query":"{ __typename }"}'

type Row = readonly [what: string, status: number, request: RequestInit]

function post(body: BodyInit, headers: Record<string, string> = json): RequestInit {
  return {
    method: 'POST',
    headers,
    body,
  }
}

const rows: readonly Row[] = [
  ['a body that is no JSON', 400, post('{')],
  ['JSON with a comment', 400, post('{"query":"{ __typename }" /* x */}')],
  ['JSON in UTF-16', 415, post(ok, { 'content-type': 'application/json; charset=utf-16' })],
  ['bytes that are no UTF-8', 400, post(new Uint8Array([...Buffer.from(ok), 0xff]))],
  ['JSON 10,000 deep', 400, post(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)],
  ['no body', 400, post('')],
  ['null', 400, post('null')],
  ['a word', 400, post('"query"')],
  ['a number', 400, post('1')],
  ['a batch', 400, post(`[${ok}]`)],
  ['no query', 400, post('{}')],
  ['an empty query', 400, post('{"query":""}')],
  ['a query that is no text', 400, post('{"query":{}}')],
  ['variables that are a list', 400, post('{"query":"{ __typename }","variables":[]}')],
  ['variables that are text', 400, post('{"query":"{ __typename }","variables":"{}"}')],
  ['extensions that are text', 400, post('{"query":"{ __typename }","extensions":"x"}')],
  ['an operation name that is no text', 400, post('{"query":"{ __typename }","operationName":1}')],
  ['an unknown operation', 400, post('{"query":"query A { __typename }","operationName":"B"}')],
  ['several operations and no name', 400, post('{"query":"query A { __typename } query B { __typename }"}')],
  ['a syntax error', 400, post('{"query":"{"}', { ...json, ...modern })],
  ['an unknown field', 400, post('{"query":"{ nope }"}', { ...json, ...modern })],
  ['a missing variable', 400, post('{"query":"query ($id: ID!) { note(id: $id) { id } }"}', { ...json, ...modern })],
  [
    'a variable of the wrong type',
    400,
    post('{"query":"query ($n: Int) { notes(first: $n) { nodes { id } } }","variables":{"n":"x"}}', {
      ...json,
      ...modern,
    }),
  ],
  ['no content type', 415, post(new Uint8Array(Buffer.from(ok)), {})],
  ['text/plain', 415, post(ok, { 'content-type': 'text/plain' })],
  ['a form', 415, post(new URLSearchParams({ query: '{ __typename }' }), {})],
  ['a form in parts', 415, post(new FormData(), {})],
  ['application/graphql', 415, post('{ __typename }', { 'content-type': 'application/graphql' })],
  ['an answer in HTML', 406, post(ok, { ...json, accept: 'text/html' })],
  ['GET without a query', 400, { method: 'GET' }],
  ['PUT', 405, { method: 'PUT', headers: json, body: ok }],
  ['PATCH', 405, { method: 'PATCH', headers: json, body: ok }],
  ['DELETE', 405, { method: 'DELETE' }],
  ['OPTIONS', 405, { method: 'OPTIONS' }],
  ['a compressed body', 415, post(new Uint8Array(gzipSync(ok)), { ...json, 'content-encoding': 'gzip' })],
  ['1 MB of query', 413, post(JSON.stringify({ query: 'x'.repeat(1_000_001) }))],
  ['11 MB of anything', 413, post('x'.repeat(11_000_000))],
]

/** Implementation details: stacks, paths, messages of libraries. */
const internals = /\bat .+:\d+:\d+|node_modules|\/src\/|stacktrace|exception|INTERNAL/

describe('bad input', () => {
  it.each(rows)('%s is a %i', async (_, status, request) => {
    const answer = await send(cloud.url, request)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch(/^application\/(json|graphql-response\+json)/)
    expect(answer.text).toMatch(/^\{"(errors":\[\{"message|message)":"[^"]/)
    expect(answer.text).not.toMatch(internals)
    expect(answer.data).toBeUndefined()
  })

  it.each([
    ['a token that is none', 401, post(ok, { ...json, ...modern, authorization: 'Bearer x.y.z' })],
    ['a body that is no JSON', 400, post('{', { ...json, ...modern })],
    ['an unsupported method', 405, { method: 'DELETE', headers: modern }],
    ['an unsupported media type', 415, post(ok, { 'content-type': 'text/plain', ...modern })],
    ['GET without a query', 400, { method: 'GET', headers: modern }],
    ['too many tokens', 400, post(`{"query":"{${' __typename'.repeat(2000)} }"}`, { ...json, ...modern })],
  ] as Row[])('%s is answered in the media type that the client accepts', async (_, status, request) => {
    const answer = await send(cloud.url, request)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, `${modern.accept}; charset=utf-8`])
  })

  it('names the accepted codings of a body where it refuses the coding (RFC 7694), and only there', async () => {
    const compressed = post(new Uint8Array(gzipSync(ok)), { ...json, ...modern, 'content-encoding': 'gzip' })
    const coding = await send(cloud.url, compressed)
    expect([coding.status, coding.headers.get('accept-encoding')]).toEqual([415, 'identity'])
    expect(coding.text).toMatch(/"Send the body without a content-encoding\."/)
    const type = await send(cloud.url, post(ok, { 'content-type': 'text/plain' }))
    expect([type.status, type.headers.get('accept-encoding')]).toEqual([415, null])
    expect((await send(cloud.url, post(ok, { ...json, 'content-encoding': 'identity' }))).status).toBe(200)
  })

  it.each([
    [
      'literals',
      'mutation { createNote(input: { title: 1, tags: [4], nope: 5 }) { note { id } } }',
      {},
      ['input.title', 'input.tags.0', 'input.nope'],
    ],
    [
      'variables',
      'mutation ($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }',
      { input: { title: 1, tags: [4] } },
      ['input.title', 'input.tags.0'],
    ],
  ])('names each wrong argument of a mutation with %s', async (_what, query, variables, paths) => {
    const headers = { ...json, ...modern, authorization: `Bearer ${token}` }
    const answer = await send(cloud.url, post(JSON.stringify({ query, variables }), headers))
    const { errors } = JSON.parse(answer.text) as { errors: { extensions: { argument?: string } }[] }
    const named = errors.map(({ extensions }) => extensions.argument)
    expect([answer.status, named.sort()]).toEqual([400, [...paths].sort()])
  })

  it('does not write when a mutation is sent by GET', async () => {
    const query = 'mutation { createNote(input: { title: "x" }) { note { id } } }'
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${cloud.url}/graphql?${new URLSearchParams({ query })}`, { headers })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    const after = await send(cloud.url, post('{"query":"{ notes { nodes { id } } }"}', { ...json, ...headers }))
    expect(after.data.notes.nodes).toEqual([])
  })

  it.each([
    ['Bearer'],
    ['Bearer '],
    ['Bearer x'],
    ['Basic YTpi'],
    ['Bearer a.b.c'],
    [`Bearer ${'x'.repeat(100_000)}`],
    ['Bearer eyJhbGciOiJub25lIn0.e30.'],
  ])('answers Authorization: %.30s with 401 before anything is executed', async (authorization) => {
    const answer = await send(cloud.url, post(ok, { ...json, authorization }))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", resource_metadata="http/)
    expect(answer.codes).toEqual({ '': 'UNAUTHENTICATED' })
  })

  it('lives on after all of that', async () => {
    expect((await send(cloud.url, post(ok))).data).toEqual({ __typename: 'Query' })
    expect((await fetch(`${cloud.url}/health`)).status).toBe(200)
  })
})
