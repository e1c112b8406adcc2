/** `GET /graphql` on the running cloud: responses, refusals, and a log without any part of the query string. */
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { ask, parseResponse } from './support/graphql-client.ts'
import { tokenOf } from './support/local-cloud.ts'

const cloud = ephemeralCloud()
let headers: Record<string, string>
let note: string

const modern = 'application/graphql-response+json'
const create = 'mutation { createNote(input: { title: "Groceries" }) { note { id } } }'
const read = 'query Read($id: ID!) { note(id: $id) { title } }'

beforeAll(async () => {
  const token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  headers = { authorization: `Bearer ${token}` }
  note = (await ask(cloud.url, { token, query: create })).data.createNote.note.id
})

async function getRaw(search: string, more: Record<string, string> = {}) {
  const response = await fetch(`${cloud.url}/graphql?${search}`, { headers: { ...headers, ...more } })
  return parseResponse(response.status, response.headers, await response.text())
}

function get(parameters: Record<string, string>, more?: Record<string, string>) {
  return getRaw(String(new URLSearchParams(parameters)), more)
}

function hashed(query: string): string {
  const sha256Hash = createHash('sha256').update(query).digest('hex')
  return JSON.stringify({ persistedQuery: { version: 1, sha256Hash } })
}

describe('GET /graphql', () => {
  it('answers a query without any header that would cost a preflight', async () => {
    const response = await fetch(`${cloud.url}/graphql?query={__typename}`)
    expect([response.status, (await response.json()).data]).toEqual([200, { __typename: 'Query' }])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('answers with variables and the name of an operation', async () => {
    const query = `${read} query Other { __typename }`
    const variables = JSON.stringify({ id: note })
    const { status, data } = await get({ query, operationName: 'Read', variables })
    expect([status, data]).toEqual([200, { note: { title: 'Groceries' } }])
  })

  it('answers a caller as POST does: no note of another person, and 401 for a bad token', async () => {
    const variables = JSON.stringify({ id: note })
    const bob = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'bob')
    const other = await get({ query: read, variables }, { authorization: `Bearer ${bob}` })
    expect([other.status, other.data, other.codes]).toEqual([200, { note: null }, { note: 'NOT_FOUND' }])
    const forged = await get({ query: read, variables }, { authorization: 'Bearer x.y.z' })
    expect([forged.status, forged.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer /)])
  })

  it('takes no token from the address', async () => {
    const access_token = headers.authorization?.slice('Bearer '.length) ?? ''
    const address = new URLSearchParams({ query: '{ me { id } }', access_token })
    const response = await fetch(`${cloud.url}/graphql?${address}`)
    expect((await response.json()).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })

  it('answers by the hash of a document that was sent before, by GET or POST', async () => {
    const query = `query ById($id: ID!) { note(id: $id) { title version } }`
    const question = { variables: JSON.stringify({ id: note }), extensions: hashed(query) }
    expect((await get(question)).codes).toEqual({ '': 'PERSISTED_QUERY_NOT_FOUND' })
    expect((await get({ query, ...question })).data).toEqual({ note: { title: 'Groceries', version: 1 } })
    expect((await get(question)).data).toEqual({ note: { title: 'Groceries', version: 1 } })
  })

  it('applies the same limits to a document sent by GET or by its hash', async () => {
    const query = `{ ${'__typename '.repeat(600)} }`
    const questions = [{ query }, { query, extensions: hashed(query) }, { extensions: hashed(query) }]
    for (const question of questions) {
      const { status, codes, data } = await get(question, { accept: modern })
      expect([status, codes, data ?? null]).toEqual([400, { '': 'LIMIT_EXCEEDED' }, null])
    }
  })

  it.each([
    ['as it is', { query: create }],
    [
      'by its name',
      { query: `query A { __typename } ${create.replace('mutation', 'mutation B')}`, operationName: 'B' },
    ],
    ['by its hash', { query: create, extensions: hashed(create) }],
  ])('writes nothing when a mutation comes %s', async (_, question) => {
    const answer = await get(question)
    expect([answer.status, answer.headers.get('allow'), answer.codes]).toEqual([405, 'POST', { '': 'BAD_USER_INPUT' }])
    const mine = await get({ query: '{ notes { nodes { id } } }' })
    expect(mine.data.notes.nodes).toEqual([{ id: note }])
  })

  it.each([
    ['nothing', 400, ''],
    ['an empty query', 400, 'query='],
    ['two queries', 400, 'query={a}&query={b}'],
    ['variables that are a list', 400, 'query={__typename}&variables=[]'],
    ['variables that are no JSON', 400, 'query={__typename}&variables={'],
    ['extensions that are text', 400, 'query={__typename}&extensions=x'],
    ['null in the place of a document', 400, 'extensions=null&variables=null'],
    ['a persisted query without a hash', 400, 'extensions={"persistedQuery":{"version":1}}'],
    ['a persisted query with an empty hash', 400, 'extensions={"persistedQuery":{"version":1,"sha256Hash":""}}'],
    ['a persisted query that is a list', 400, 'extensions={"persistedQuery":[1]}'],
    ['a persisted query that is text', 400, 'extensions={"persistedQuery":"x"}'],
    ['a persisted query of another version', 400, 'extensions={"persistedQuery":{"version":2,"sha256Hash":"x"}}'],
    ['a hash that is no text', 400, 'extensions={"persistedQuery":{"version":1,"sha256Hash":{}}}'],
    ['the hash of another document', 400, `query={__typename}&extensions=${hashed('{a}')}`],
    ['an operation that is not there', 400, 'query={__typename}&operationName=A'],
    ['a NUL', 400, 'query={__typename}%00'],
    ['a lone surrogate', 400, 'query={__typename}%ED%A0%80'],
    ['an escape that is none', 400, 'query={__typename}%zz'],
    ['a subscription', 405, 'query=subscription{a}'],
    ['1,000 parameters', 400, 'a=1&'.repeat(1_000)],
    ['100,000 characters', 414, `query={__typename}&x=${'x'.repeat(100_000)}`],
  ])('refuses %s clearly, in the media type of the client', async (_, status, search) => {
    const answer = await getRaw(search, { accept: modern })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, `${modern}; charset=utf-8`])
    expect(answer.codes['']).toMatch(/^(BAD_USER_INPUT|LIMIT_EXCEEDED|PERSISTED_QUERY_NOT_FOUND)$/)
  })

  it('is 406 for a client that takes no JSON', async () => {
    expect((await get({ query: '{__typename}' }, { accept: 'text/html' })).status).toBe(406)
    expect((await get({ query: '{__typename}' }, { accept: 'text/html, */*;q=0.1' })).status).toBe(200)
  })

  it('leaves no word of a query string in the log, whatever came of it', async () => {
    const secret = 'MARKER'
    const searches = [
      `query=query ${secret} { me { id } }`,
      `query={ ${secret}: note(id: "${secret}") { id } }`,
      `query={ ${secret} }`,
      `query={ ${secret}`,
      `query={__typename}&operationName=${secret}`,
      `query={__typename}&variables=${secret}`,
      `query={__typename}&variables={"${secret}":"${secret}"}`,
      `query=query($id: ID!) { note(id: $id) { id } }&variables={"id":["${secret}"]}`,
      `query=mutation ${secret} { ${secret}: trashNote(input: { id: "${secret}" }) { note { id } } }`,
      `extensions={"persistedQuery":{"version":1,"sha256Hash":"${secret}"}}`,
      `${secret}=${secret}`,
      `query={__typename}%zz${secret}`,
      `query=${secret.repeat(5_000)}`,
      `query=query($f: NoteFilter) { notes(filter: $f) { nodes { id } } }&variables={"f":{"${secret}":1}}`,
      `query=query($${secret}: ID!) { node(id: $${secret}) { id } }`,
      `query={ notes(filter: { ${secret}: "v" }) { nodes { id } } }`,
      `query={ notes(${secret}: 1) { nodes { id } } }`,
      `query={ notes(orderBy: { field: ${secret}, direction: ASC }) { nodes { id } } }`,
    ]
    for (const search of searches) {
      const answer = await getRaw(encodeURI(search).replaceAll('%25zz', '%zz'))
      expect(answer.status).toBeLessThan(500)
    }
    expect(await cloud.printed()).toContain('"event":"operation"')
    expect(await cloud.printed()).not.toContain(secret)
    expect(await cloud.printed()).not.toContain('INTERNAL')
  })
})
