/** Methods, media types, encodings and headers that try to change how a request is treated. */
import { gzipSync } from 'node:zlib'
import { operations } from '@fieldnotes/api/operations'
import type { Event } from '@fieldnotes/api/route'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, type Ground, insides, post, startGround, stored } from './ground.ts'

let ground: Ground
let bearer: Record<string, string>
beforeAll(async () => {
  ground = await startGround()
  bearer = { authorization: `Bearer ${ground.token('alice')}` }
})
afterAll(() => ground.endpoint.stop())

const write = 'mutation { createNote(input: { title: "smuggled" }) { note { id } } }'
const json = { 'content-type': 'application/json' }
function base64(text: string) {
  return Buffer.from(text).toString('base64')
}
const boundary = '--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n'
function context(method: string) {
  return {
    http: { method, path: '/graphql', protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
    requestId: method,
    stage: '$default',
  } as Event['requestContext']
}

type Row = readonly [attack: string, status: number, changes: Partial<Event>]

const rows: readonly Row[] = [
  [
    'GET with the query in its address',
    405,
    { requestContext: context('GET'), rawQueryString: `query=${encodeURIComponent(write)}` },
  ],
  ['GET with a body', 400, { requestContext: context('GET'), body: JSON.stringify({ query: write }) }],
  [
    'GET with the query in its address, among others',
    405,
    {
      requestContext: context('GET'),
      rawQueryString: `query=${encodeURIComponent(`query A { me { id } } ${write.replace('mutation', 'mutation B')}`)}&operationName=B`,
    },
  ],
  [
    'GET that claims to be a POST',
    405,
    {
      requestContext: context('GET'),
      rawQueryString: `query=${encodeURIComponent(write)}`,
      headers: { ...json, 'x-http-method-override': 'POST', 'apollo-require-preflight': 'true' },
    },
  ],
  ['OPTIONS', 405, { requestContext: context('OPTIONS'), body: JSON.stringify({ query: write }) }],
  [
    'a preflight that asks to write',
    204,
    {
      requestContext: context('OPTIONS'),
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
  ['HEAD', 405, { requestContext: context('HEAD'), rawQueryString: `query=${encodeURIComponent(write)}` }],
  ['PUT', 405, { requestContext: context('PUT'), body: JSON.stringify({ query: write }) }],
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
  ['the page for developers', 404, { rawPath: '/', requestContext: context('GET') }],
]

describe('nothing is written by', () => {
  it.each(rows)('%s', async (_attack, status, changes) => {
    const headers = { ...(changes.headers ?? json), ...bearer }
    const { answer, written } = await stored(ground, () => ground.endpoint.send({ ...changes, headers }))
    expect([answer.status, written]).toEqual([status, []])
    expect(answer.text).not.toMatch(insides)
    expect(answer.text).not.toMatch(/smuggled|<html/i)
  })

  it('a hash of another text', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } }
    const body = { query: write, extensions }
    const { answer, written } = await stored(ground, () => post(ground, ground.token('alice'), body))
    expect([written, answer.body.data ?? null, answer.status]).toEqual([[], null, 400])
  })

  it('a hash of a text that another has sent', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '1'.repeat(64) } }
    const { answer, written } = await stored(ground, () => post(ground, ground.token('alice'), { extensions }))
    expect([written, answer.body.data ?? null, codesOf(answer).length]).toEqual([[], null, 1])
  })
})

const me = JSON.stringify({ query: '{ me { id } }' })

describe('the same is answered', () => {
  it.each<readonly [string, Partial<Event>]>([
    ['in base64', { body: base64(me), isBase64Encoded: true }],
    ['below the path of a stage', { rawPath: '/prod/graphql', requestContext: { ...context('POST'), stage: 'prod' } }],
    ['whatever the address claims', { rawQueryString: 'query={__typename}&operationName=x' }],
    [
      'whatever a client claims of its address',
      { headers: { 'x-forwarded-for': '127.0.0.1, 10.0.0.1', forwarded: 'for=127.0.0.1' } },
    ],
    [
      'whatever a client claims to be',
      { headers: { 'x-user-id': 'bob', 'x-amzn-oidc-identity': 'bob', cookie: 'user=bob' } },
    ],
  ])('%s', async (_how, changes) => {
    const headers = { ...json, ...changes.headers, ...bearer }
    const plain = await ground.endpoint.send({ headers: { ...json, ...bearer }, body: me })
    const answer = await ground.endpoint.send({ body: me, ...changes, headers })
    expect([answer.status, answer.text]).toEqual([200, plain.text])
    expect(plain.body.data.me.id).toBeDefined()
  })

  it('refuses two tokens in one header', async () => {
    const two = `Bearer ${ground.token('alice')},Bearer ${ground.token('bob')}`
    const answer = await ground.endpoint.send({ headers: { ...json, authorization: two }, body: me })
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']])
  })
})

describe('a stage of listed operations', () => {
  const address = (parameters: Record<string, string>) => ({
    requestContext: context('GET'),
    rawQueryString: String(new URLSearchParams(parameters)),
  })
  const hashed = (sha256Hash: string) => JSON.stringify({ persistedQuery: { version: 1, sha256Hash } })
  const find = (name: string) => Object.entries(operations).find(([, text]) => text.includes(name)) ?? ['', '']
  const [meId, meText] = find('query Me ')
  const [createId] = find('mutation CreateNote(')

  beforeAll(() => ground.endpoint.rebuild({ operations: 'listed' }))
  afterAll(() => ground.endpoint.rebuild())

  it('answers by GET for a hash on the list, and for its text', async () => {
    for (const parameters of [{ extensions: hashed(meId) }, { query: meText }]) {
      const { status, body } = await ground.endpoint.send({ ...address(parameters), headers: bearer })
      expect([status, body.data.me.name]).toEqual([200, 'Alice'])
    }
  })

  it('executes nothing else by GET, and writes nothing for the hash of a mutation', async () => {
    const variables = JSON.stringify({ input: { title: 'smuggled' } })
    const attacks: readonly (readonly [number, Record<string, string>])[] = [
      [403, { query: '{ me { id } }' }],
      [403, { extensions: hashed('0'.repeat(64)) }],
      [403, { extensions: hashed(meId), query: '{ me { id } }' }],
      [400, {}],
      [405, { extensions: hashed(createId), variables }],
      [405, { query: 'mutation { createNote(input: { title: "smuggled" }) { note { id } } }' }],
    ]
    for (const [status, parameters] of attacks) {
      const send = () => ground.endpoint.send({ ...address(parameters), headers: bearer })
      const { answer, written } = await stored(ground, send)
      expect([answer.status, answer.body.data ?? null, written]).toEqual([status, null, []])
      expect(answer.headers.allow).toBe(status === 405 ? 'POST' : undefined)
    }
  })
})

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
    const before = ground.endpoint.log.length
    await ground.endpoint.send({ ...changes, headers: { ...json, ...bearer, ...changes.headers } })
    const lines = ground.endpoint.log.slice(before)
    for (const line of lines) expect(line).not.toMatch(/[\n\r]/)
    for (const line of lines) expect(JSON.parse(line).caller).not.toBe('admin')
  })

  it('holds no token, no address and no word of a note', () => {
    const all = ground.endpoint.log.join('\n')
    for (const { token } of ground.world.callers) if (token) expect(all).not.toContain(token.split('.')[2])
    for (const secret of ground.secrets) expect(all).not.toContain(secret)
    expect(all).not.toMatch(/@cognito\.example|@firebase\.example/)
  })
})
