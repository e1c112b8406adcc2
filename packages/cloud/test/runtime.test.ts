import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { silence } from '../src/lambda/far-side.ts'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { metricsOf } from './find-resources.ts'
import { limitLines } from './limit-lines.ts'
import { expectCounted, linesOf } from './metric-lines.ts'
import { ask, createWorld, event, links, responseOf, type World } from './world.ts'

let world: World
let sandbox: Sandbox

beforeAll(async () => {
  world = await createWorld()
  sandbox = await world.open('main')
})

afterAll(() => world.stop())

const me = '{ me { id name } }'
const write = 'mutation ($content: String!) { createNote(input: { title: "n", content: $content }) { note { id } } }'

describe('function under Lambda’s runtime client', () => {
  it('answers cold, then warm in the same process', async () => {
    const first = responseOf(await sandbox.invoke(event('/health')))
    const second = responseOf(await sandbox.invoke(event('/health')))
    expect(first).toMatchObject({ statusCode: 200, headers: { 'x-request-id': expect.any(String) } })
    expect(second.body).toBe(first.body)
    expect(sandbox.coldStarts).toBe(1)
  })

  it('says what tokens are for (RFC 9728)', async () => {
    const { body } = responseOf(await sandbox.invoke(event('/.well-known/oauth-protected-resource/graphql')))
    expect(JSON.parse(body)).toMatchObject({
      resource: links.Notes.resource,
      authorization_servers: [expect.stringMatching(/^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\//)],
    })
  })

  it('knows no other path, whatever the gateway lets through', async () => {
    for (const path of ['/', '/graphql/', '/debug', '/health/../graphql']) {
      expect(responseOf(await sandbox.invoke({ ...event(path), routeKey: '$default' }))).toMatchObject({
        statusCode: 404,
        headers: {
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'x-request-id': expect.any(String),
        },
      })
    }
  })

  it('refuses a bad token before anything runs, and forged claims of a gateway', async () => {
    const bad = responseOf(await sandbox.invoke(ask(me, {}, `${await world.token('alice')}x`)))
    expect(bad).toMatchObject({
      statusCode: 401,
      headers: { 'www-authenticate': expect.stringContaining('error="invalid_token"') },
    })
    const plain = ask(me)
    const claims = { authorizer: { jwt: { claims: { sub: 'alice' }, scopes: ['notes:read'] } } }
    const forged = { ...plain, requestContext: { ...plain.requestContext, ...claims } }
    expect(responseOf(await sandbox.invoke(forged)).body).toContain('UNAUTHENTICATED')
  })

  it('answers at most what Lambda carries, escapes included', async () => {
    const big = await world.open('big')
    const alice = await world.token('alice')
    const content = '"'.repeat(99_000)
    for (let count = 0; count < 20; count += 1) responseOf(await big.invoke(ask(write, { content }, alice)))
    const page = await big.invoke(ask('{ notes(first: 100) { nodes { content } } }', {}, alice))
    expect(responseOf(page)).toMatchObject({ statusCode: 400, body: expect.stringContaining('LIMIT_EXCEEDED') })
    const less = await big.invoke(ask('{ notes(first: 10) { nodes { content } } }', {}, alice))
    expect(responseOf(less).statusCode).toBe(200)
    const whole = ask('{ notes(first: 100) { nodes { content } } }', {}, alice)
    for (const [coding, decode] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const headers = { ...whole.headers, 'accept-encoding': coding }
      const answer = responseOf(await big.invoke({ ...whole, headers }))
      expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true, headers: { 'content-encoding': coding } })
      const { data } = JSON.parse(decode(Buffer.from(answer.body, 'base64')).toString())
      expect(data.notes.nodes).toEqual(Array.from({ length: 20 }, () => ({ content })))
    }
  })

  it('answers a query by GET, and adds no CORS header to a preflight that the gateway forwards', async () => {
    const search = new URLSearchParams({ query: me }).toString()
    const read = { ...event('/graphql', { token: await world.token('alice') }), rawQueryString: search }
    expect(JSON.parse(responseOf(await sandbox.invoke(read)).body).data.me.id).toEqual(expect.any(String))
    const plain = event('/graphql', { method: 'OPTIONS' })
    const preflightHeaders = { origin: 'https://notes.example.com', 'access-control-request-method': 'POST' }
    const preflight = responseOf(await sandbox.invoke({ ...plain, headers: { ...plain.headers, ...preflightHeaders } }))
    expect(preflight.statusCode).toBe(204)
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
    expect(responseOf(await sandbox.invoke(plain))).toMatchObject({ statusCode: 405, headers: { allow: 'GET, POST' } })
  })

  it('says UNAVAILABLE within its time when the table does not answer', async () => {
    const cut = await world.open('silent', { database: silence })
    const { statusCode, headers } = responseOf(await cut.invoke(ask(me, {}, await world.token('alice'))))
    expect([statusCode, headers['retry-after']]).toEqual([503, '1'])
    expect(cut.coldStarts).toBe(1)
  })

  it('writes lines of JSON that the metrics count, and no token', async () => {
    const token = await world.token('alice')
    await sandbox.invoke(ask(me, {}, token))
    await sandbox.invoke(ask(me))
    await sandbox.invoke(ask(me, {}, ofUnknownKey(token)))
    const gatedLinks = { ...links, Notes: { ...links.Notes, gate: 'demanded' } }
    const gated = await world.open('gated', { links: gatedLinks, database: silence })
    await gated.invoke(ask(me, {}, await world.token('alice', undefined, ['staff'])))
    // Output of the processes arrives asynchronously.
    await vi.waitFor(() => expect(sandbox.log).toMatch(/"key_unknown".*\n/))
    await vi.waitFor(() => expect(gated.log).toMatch(/"locks_differ".*\n/))
    await vi.waitFor(() => expect(gated.log).toMatch(/"identity.group_policies_failed".*\n/))
    const lines = [...linesOf(`${sandbox.log}${gated.log}`), ...(await limitLines())]
    for (const filter of metricsOf(inject('production'), '/fieldnotes/production/graphql')) expectCounted(filter, lines)
    const text = JSON.stringify(lines)
    for (const part of token.split('.')) expect(text).not.toContain(part)
    expect(text).not.toContain(links.CursorSecrets.value)
  })
})

/** The same token with the id of an unknown key. */
function ofUnknownKey(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'unknown' })).toString('base64url')
  return [header, ...token.split('.').slice(1)].join('.')
}
