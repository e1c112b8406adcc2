/** Requests with bounds, and answers of other forms than expected. */
import { describe, expect, it } from 'vitest'
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

describe('a request', () => {
  it('returns status, headers and text', async () => {
    const { status, text } = await send(url, {}, { fetch: answering('{"a":1}', { status: 418 }) })
    expect([status, text, parseObject(text)]).toEqual([418, '{"a":1}', { a: 1 }])
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
    expect(() => parseObject(text)).toThrow(NoAnswer)
  })
})

describe('an operation', () => {
  const operation = { text: '{ me { id } }' }
  const execute = (body: object, status = 200) =>
    createGraphqlClient({
      ...{ url, token: () => 'token' },
      fetch: answering(JSON.stringify(body), { status }),
    }).execute(operation, {})

  it('returns data beside errors, each with its code and its path', async () => {
    const errors = [{ path: ['a', 0, 'b'], extensions: { code: 'FORBIDDEN' } }, { message: 'x' }, null]
    expect(await execute({ data: { a: [{ b: null }] }, errors })).toEqual({
      status: 200,
      data: { a: [{ b: null }] },
      errors: [
        { code: 'FORBIDDEN', path: ['a', 0, 'b'] },
        { code: 'INTERNAL', path: [] },
        { code: 'INTERNAL', path: [] },
      ],
    })
    expect((await execute({ errors: [] }, 400)).data).toBeUndefined()
  })

  it.each([{ data: [] }, { data: 'text' }, { data: {}, errors: {} }])('rejects for %j', async (body) => {
    await expect(execute(body)).rejects.toThrow(NoAnswer)
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
        fetch: answering(JSON.stringify(body), { status }),
      },
    )

  it('returns the token and its lifetime, also where the answer does not repeat the scopes', async () => {
    expect(await exchanged({ ...good, scope: 'a b' })).toEqual({ token: 'smaller', lifetimeSeconds: 60 })
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
    await expect(exchanged({ error: 'invalid_scope' }, 400)).rejects.toMatchObject({ code: 'invalid_scope' })
    await expect(exchanged({ error: 'a text\nwith lines' }, 400)).rejects.toMatchObject({ code: 'unknown' })
    await expect(exchanged({ error: 'server_error' }, 500)).rejects.toThrow(NoAnswer)
  })
})
