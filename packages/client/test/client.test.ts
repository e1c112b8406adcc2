/** Requests with bounds, answers of other forms than expected, and what errors say. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Remedy as ServerRemedy } from '@fieldnotes/core/remedy'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { parseRemedy, type Remedy } from '../src/error-remedy.ts'
import { createGraphqlClient } from '../src/graphql-client.ts'
import { NoAnswer } from '../src/no-answer.ts'
import { parseObject, send } from '../src/send.ts'
import { exchangeToken } from '../src/token-exchange.ts'

const url = 'https://api.example.com/graphql'

function answering(body: BodyInit | null, init?: ResponseInit): typeof fetch {
  return async () => new Response(body, init)
}

/** Never answers, until it is aborted. */
function silent(_input: unknown, init?: RequestInit): Promise<Response> {
  return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
}

describe('the package', () => {
  it('runs where `fetch` is: it imports its own files alone, and uses nothing of Node', () => {
    const folder = join(import.meta.dirname, '../src')
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    const imported = sources.flatMap((text) =>
      [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, name]) => name),
    )
    expect(imported.length).toBeGreaterThan(3)
    expect(imported.filter((name) => !name?.startsWith('./'))).toEqual([])
    expect(sources.join('\n')).not.toMatch(/\b(?:Buffer|process)\b/)
  })
})

describe('a request', () => {
  it('reads text that is cut within a character', async () => {
    const bytes = new TextEncoder().encode('é€')
    const body = new ReadableStream({
      start: (stream) => {
        for (const byte of bytes) stream.enqueue(new Uint8Array([byte]))
        stream.close()
      },
    })
    expect((await send(url, {}, { fetch: answering(body) })).text).toBe('é€')
  })

  it('returns status, headers and text', async () => {
    const sent = await send(url, {}, { fetch: answering('{"a":1}', { status: 418 }) })
    expect([sent.status, sent.text, parseObject(sent)]).toEqual([418, '{"a":1}', { a: 1 }])
  })

  it.each([
    ['7', 7],
    ['0', 0],
    ['-1', undefined],
    ['1e9', undefined],
    ['9'.repeat(10), undefined],
    ['Fri, 27 Nov 2026 09:00:00 GMT', undefined],
  ])('whose answer says retry-after %s waits %s seconds; it has the id of the request', async (wait, seconds) => {
    const headers = { 'retry-after': wait, 'x-request-id': 'r-1' }
    const { retrySeconds, requestId } = await send(url, {}, { fetch: answering(null, { status: 503, headers }) })
    expect([retrySeconds, requestId]).toEqual([seconds, 'r-1'])
    const plain = await send(url, {}, { fetch: answering(null) })
    expect([plain.retrySeconds, plain.requestId]).toEqual([undefined, undefined])
  })

  it('reads 65,536 bytes, and no more unless it may', async () => {
    const long = 'x'.repeat(65_536)
    expect((await send(url, {}, { fetch: answering(long) })).text).toBe(long)
    await expect(send(url, {}, { fetch: answering(`${long}x`) })).rejects.toThrow(NoAnswer)
    expect((await send(url, {}, { fetch: answering(`${long}x`), bytesMax: 65_537 })).text.length).toBe(65_537)
  })

  it('ends after its time', async () => {
    await expect(send(url, {}, { fetch: silent, millisMax: 10 })).rejects.toThrow(NoAnswer)
  })

  it('follows no redirect', async () => {
    const seen: (RequestInit | undefined)[] = []
    const redirecting: typeof fetch = async (_input, init) => {
      seen.push(init)
      return new Response(null, { status: 302, headers: { location: 'https://evil.example.com/' } })
    }
    expect((await send(url, {}, { fetch: redirecting })).status).toBe(302)
    expect(seen.map((init) => init?.redirect)).toEqual(['manual'])
  })

  it.each(['', 'null', '[]', '"text"', '{'])('to which %j is the answer has no object', (text) => {
    expect(() => parseObject({ text, requestId: 'r-1' })).toThrow(expect.objectContaining({ requestId: 'r-1' }))
  })
})

describe('an operation', () => {
  const operation = { text: '{ me { id } }' }
  const execute = (body: object, init: ResponseInit = {}) =>
    createGraphqlClient({ url, token: () => 'token', fetch: answering(JSON.stringify(body), init) }).execute(
      operation,
      {},
    )

  it('returns data beside errors, each with its code and its path', async () => {
    const errors = [{ path: ['a', 0, 'b'], extensions: { code: 'FORBIDDEN' } }, { message: 'x' }, null]
    expect(await execute({ data: { a: [{ b: null }] }, errors })).toMatchObject({
      status: 200,
      data: { a: [{ b: null }] },
      errors: [
        { code: 'FORBIDDEN', path: ['a', 0, 'b'] },
        { code: 'INTERNAL', path: [] },
        { code: 'INTERNAL', path: [] },
      ],
    })
    expect((await execute({ errors: [] }, { status: 400 })).data).toBeUndefined()
  })

  it.each([
    ['known', () => 'the token'],
    ['refreshed first', async () => 'the token'],
  ])('is sent as JSON with a token that is %s', async (_name, token) => {
    const seen: (RequestInit | undefined)[] = []
    const noting: typeof fetch = async (_input, init) => {
      seen.push(init)
      return new Response('{"data":{}}')
    }
    await createGraphqlClient({ url, token, fetch: noting }).execute({ text: 'query Q { a }' }, { b: 1 })
    expect(new Headers(seen[0]?.headers).get('authorization')).toBe('Bearer the token')
    expect(JSON.parse(String(seen[0]?.body))).toEqual({ query: 'query Q { a }', variables: { b: 1 } })
  })

  it('that is refused says what helps, when to send it again, and which request it was', async () => {
    const remedy = { kind: 'RETRY', after: 3 }
    const headers = { 'retry-after': '3', 'x-request-id': 'r-1' }
    const errors = [{ extensions: { code: 'LIMIT_EXCEEDED', remedy } }, { extensions: { code: 'NOT_FOUND' } }]
    const answer = await execute({ errors }, { status: 429, headers })
    expect([answer.retrySeconds, answer.requestId]).toEqual([3, 'r-1'])
    expect(answer.errors.map((error) => error.remedy)).toEqual([remedy, undefined])
  })

  it.each([{ data: [] }, { data: 'text' }, { data: {}, errors: {} }])('rejects for %j', async (body) => {
    await expect(execute(body)).rejects.toThrow(NoAnswer)
  })
})

describe('a remedy', () => {
  const remedies: readonly Remedy[] = [
    { kind: 'SCOPES', scopes: [['notes:write'], ['notes:share', 'notes:read']] },
    { kind: 'SCOPES', scopes: [['notes:write']], issuerScopes: [['notes/write']] },
    { kind: 'SIGN_IN' },
    { kind: 'STEP_UP', maxAge: 300 },
    { kind: 'ASK_OWNER' },
    { kind: 'RETRY' },
    { kind: 'RETRY', after: 0 },
  ]

  it.each(remedies)('%j is typed, without members that it has not', (remedy) => {
    expect(parseRemedy({ ...remedy, further: 'x' })).toEqual(remedy)
  })

  it('has the form of the API', () => {
    expectTypeOf<Remedy>().toEqualTypeOf<ServerRemedy>()
  })

  it.each([
    undefined,
    null,
    'RETRY',
    {},
    { kind: 'NEWER' },
    { kind: 'constructor' },
    { kind: 'SCOPES' },
    { kind: 'SCOPES', scopes: ['notes:read'] },
    { kind: 'SCOPES', scopes: [[1]] },
    { kind: 'STEP_UP' },
    { kind: 'STEP_UP', maxAge: '300' },
    { kind: 'STEP_UP', maxAge: -1 },
  ])('%j is none', (value) => {
    expect(parseRemedy(value)).toBeUndefined()
  })

  it('keeps its kind where an optional member has another form', () => {
    expect(parseRemedy({ kind: 'RETRY', after: 'soon' })).toEqual({ kind: 'RETRY' })
    expect(parseRemedy({ kind: 'SCOPES', scopes: [['a']], issuerScopes: 'a' })).toEqual({
      kind: 'SCOPES',
      scopes: [['a']],
    })
  })
})

describe('an exchange', () => {
  const good = { access_token: 'smaller', token_type: 'bearer', expires_in: 60 }
  const exchanged = (body: object, status = 200) =>
    exchangeToken(
      'larger',
      { resource: url, scopes: ['a', 'b'] },
      {
        ...{ tokenEndpoint: 'https://auth.example.com/token', clientId: 'c', clientSecret: 's' },
        fetch: answering(JSON.stringify(body), { status, headers: { 'x-request-id': 'r-1', 'retry-after': '2' } }),
      },
    )

  it('returns the token and its lifetime, also where the answer has the scopes in another order, or not at all', async () => {
    expect(await exchanged({ ...good, scope: 'a b' })).toEqual({ token: 'smaller', lifetimeSeconds: 60 })
    expect(await exchanged({ ...good, scope: 'b a' })).toEqual({ token: 'smaller', lifetimeSeconds: 60 })
    expect(await exchanged(good)).toEqual({ token: 'smaller', lifetimeSeconds: 60 })
  })

  it.each([
    { scope: 'a' },
    { scope: 'a b c' },
    { token_type: 'N_A' },
    { access_token: '' },
    { access_token: 1 },
    { expires_in: '60' },
    { expires_in: 0 },
    { expires_in: undefined },
  ])('is no answer with %j', async (change) => {
    await expect(exchanged({ ...good, ...change })).rejects.toThrow(NoAnswer)
  })

  it('that is refused has the code, and no text of the issuer beside it', async () => {
    const refused = { code: 'invalid_scope', requestId: 'r-1' }
    await expect(exchanged({ error: 'invalid_scope' }, 400)).rejects.toMatchObject(refused)
    await expect(exchanged({ error: 'a text\nwith lines' }, 400)).rejects.toMatchObject({ code: 'unknown' })
    for (const status of [429, 500])
      await expect(exchanged({ error: 'server_error' }, status)).rejects.toMatchObject({
        ...{ name: 'NoAnswer', requestId: 'r-1', retrySeconds: 2 },
      })
  })
})
