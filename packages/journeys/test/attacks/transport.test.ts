/** Methods, media types, encodings and headers that try to change how a request is treated. */
import { gzipSync } from 'node:zlib'
import type { Event } from '@fieldnotes/api/route'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, contextOf, type Fixture, internals, post, startFixture, stored } from './fixture.ts'

let fixture: Fixture
let bearer: Record<string, string>
beforeAll(async () => {
  fixture = await startFixture()
  bearer = { authorization: `Bearer ${fixture.token('alice')}` }
})
afterAll(() => fixture.endpoint.stop())

const write = 'mutation { createNote(input: { title: "smuggled" }) { note { id } } }'
const twoOperations = `query A { me { id } } ${write.replace('mutation', 'mutation B')}`
const json = { 'content-type': 'application/json' }
function base64(text: string) {
  return Buffer.from(text).toString('base64')
}
const boundary = '--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n'
type Row = readonly [attack: string, status: number, changes: Partial<Event>]

const rows: readonly Row[] = [
  [
    'GET with the query in its address',
    405,
    { requestContext: contextOf('GET'), rawQueryString: `query=${encodeURIComponent(write)}` },
  ],
  ['GET with a body', 400, { requestContext: contextOf('GET'), body: JSON.stringify({ query: write }) }],
  [
    'GET with the query in its address, among others',
    405,
    {
      requestContext: contextOf('GET'),
      rawQueryString: `query=${encodeURIComponent(twoOperations)}&operationName=B`,
    },
  ],
  [
    'GET that claims to be a POST',
    405,
    {
      requestContext: contextOf('GET'),
      rawQueryString: `query=${encodeURIComponent(write)}`,
      headers: { ...json, 'x-http-method-override': 'POST', 'apollo-require-preflight': 'true' },
    },
  ],
  ['OPTIONS', 405, { requestContext: contextOf('OPTIONS'), body: JSON.stringify({ query: write }) }],
  [
    'a preflight with a body that would write',
    204,
    {
      requestContext: contextOf('OPTIONS'),
      headers: { ...json, origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      body: JSON.stringify({ query: write }),
    },
  ],
  [
    'a body in gzip',
    415,
    {
      headers: { ...json, 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ query: write })).toString('base64'),
      isBase64Encoded: true,
    },
  ],
  ['a body that claims to be in gzip', 415, { headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' }],
  ['the stage in the path', 404, { rawPath: '/$default/graphql', body: JSON.stringify({ query: write }) }],
  [
    'the stage in the path twice',
    404,
    { rawPath: '/$default/$default/graphql', body: JSON.stringify({ query: write }) },
  ],
  ['HEAD', 405, { requestContext: contextOf('HEAD'), rawQueryString: `query=${encodeURIComponent(write)}` }],
  ['PUT', 405, { requestContext: contextOf('PUT'), body: JSON.stringify({ query: write }) }],
  ['text/plain', 415, { headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: write }) }],
  [
    'text/plain that promises JSON',
    415,
    { headers: { 'content-type': 'text/plain; application/json' }, body: JSON.stringify({ query: write }) },
  ],
  ['no type', 415, { headers: {}, body: JSON.stringify({ query: write }) }],
  [
    'two types',
    415,
    { headers: { 'content-type': 'text/plain, application/json' }, body: JSON.stringify({ query: write }) },
  ],
  [
    'a form',
    415,
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${encodeURIComponent(write)}` },
  ],
  [
    'a form in parts',
    415,
    {
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${boundary}{"query":"${write}"}\r\n--b--`,
    },
  ],
  ['application/graphql', 415, { headers: { 'content-type': 'application/graphql' }, body: write }],
  ['a list of operations', 400, { body: JSON.stringify([{ query: write }, { query: write }]) }],
  ['a list of one', 400, { body: JSON.stringify([{ query: write }]) }],
  ['a list of one in base64', 400, { body: base64(JSON.stringify([{ query: write }])), isBase64Encoded: true }],
  ['JSON 10,000 deep', 400, { body: `${'['.repeat(10_000)}${']'.repeat(10_000)}` }],
  [
    'variables 10,000 deep that are not there',
    400,
    { body: `{"query":"${write.replaceAll('"', '\\"')}","variables":${'['.repeat(10_000)}${']'.repeat(10_000)}}` },
  ],
  ['bytes that are no UTF-8', 400, { body: Buffer.from([0x7b, 0xff, 0x7d]).toString('base64'), isBase64Encoded: true }],
  [
    'the query in the address and an empty body',
    400,
    { rawQueryString: `query=${encodeURIComponent(write)}`, body: '{}' },
  ],
  ['another path', 404, { rawPath: '/graphql/', body: JSON.stringify({ query: write }) }],
  ['a path in capitals', 404, { rawPath: '/GraphQL', body: JSON.stringify({ query: write }) }],
  ['a name of every object as its path', 404, { rawPath: 'constructor', body: JSON.stringify({ query: write }) }],
  ['the page for developers', 404, { rawPath: '/', requestContext: contextOf('GET') }],
]

describe('nothing is written by', () => {
  it.each(rows)('%s', async (_attack, status, changes) => {
    const headers = { ...(changes.headers ?? json), ...bearer }
    const { answer, written } = await stored(fixture, () => fixture.endpoint.send({ ...changes, headers }))
    expect([answer.status, written]).toEqual([status, []])
    expect(answer.text).not.toMatch(internals)
    expect(answer.text).not.toMatch(/smuggled|<html/i)
  })

  it('a hash of another text', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } }
    const body = { query: write, extensions }
    const { answer, written } = await stored(fixture, () => post(fixture, fixture.token('alice'), body))
    expect([written, answer.body.data ?? null, answer.status]).toEqual([[], null, 400])
  })

  it('a hash of a text that another has sent', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '1'.repeat(64) } }
    const { answer, written } = await stored(fixture, () => post(fixture, fixture.token('alice'), { extensions }))
    expect([written, answer.body.data ?? null, codesOf(answer).length]).toEqual([[], null, 1])
  })
})

const me = JSON.stringify({ query: '{ me { id } }' })

describe('the log', () => {
  const forged = 'x\n{"level":"info","event":"operation","caller":"admin"}\r\n\u2028'

  it.each<readonly [string, Partial<Event>]>([
    ['an operation name', { body: JSON.stringify({ query: 'query A { me { id } }', operationName: forged }) }],
    [
      'an id',
      { body: JSON.stringify({ query: 'query ($id: ID!) { note(id: $id) { id } }', variables: { id: forged } }) },
    ],
    ['a header', { headers: { 'x-forwarded-for': forged, 'user-agent': forged, accept: forged }, body: me }],
    ['a token', { headers: { authorization: `Bearer ${forged}` }, body: me }],
    ['a path', { rawPath: `/graphql${forged}`, body: me }],
    ['a syntax error', { body: JSON.stringify({ query: forged }) }],
  ])('takes no line from %s', async (_how, changes) => {
    const before = fixture.endpoint.log.length
    await fixture.endpoint.send({ ...changes, headers: { ...json, ...bearer, ...changes.headers } })
    const lines = fixture.endpoint.log.slice(before)
    for (const line of lines) expect(line).not.toMatch(/[\n\r]/)
    for (const line of lines) expect(JSON.parse(line).caller).not.toBe('admin')
  })

  it('holds no token, no address and no word of a note', () => {
    const all = fixture.endpoint.log.join('\n')
    for (const { token } of fixture.world.callers) if (token) expect(all).not.toContain(token.split('.')[2])
    for (const secret of fixture.secrets) expect(all).not.toContain(secret)
    expect(all).not.toMatch(/@cognito\.example|@firebase\.example/)
  })
})
