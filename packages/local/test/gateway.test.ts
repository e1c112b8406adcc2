/** The gateway over HTTP: results of the function, and the gateway's own responses. */
import type { APIGatewayProxyResultV2 } from 'aws-lambda'
import { afterEach, describe, expect, it } from 'vitest'
import { bodyBytesMax, type Handler, pass } from '../src/gateway/gateway.ts'
import { listen } from '../src/listen.ts'

const stops: (() => Promise<void>)[] = []
const lines: unknown[] = []
function log(_level: string, event: string, fields?: object): void {
  lines.push({ event, ...fields })
}
const route = { routeKey: '$default', pathParameters: undefined }

async function serving(handler: Handler): Promise<string> {
  const { url, serve, stop } = await listen(0)
  serve((request, response) => pass({ handler, log, ...route }, request, response))
  stops.push(stop)
  return url
}

function answering(result: APIGatewayProxyResultV2): Promise<string> {
  return serving(async () => result)
}

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

describe('pass', () => {
  it('sends status, headers and body of the function', async () => {
    const url = await answering({ statusCode: 418, headers: { 'X-Tea': 'yes', 'x-cups': 2, 'x-hot': true }, body: 'ü' })
    const response = await fetch(url)
    expect(response.status).toBe(418)
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'x-tea': 'yes', 'x-cups': '2', 'x-hot': 'true' })
    expect(response.headers.get('content-length')).toBe('2')
    expect(await response.text()).toBe('ü')
  })

  it('ignores what the function says of CORS, and keeps both parts of what the answer varies by', async () => {
    const headers = { 'Access-Control-Allow-Origin': '*', 'access-control-allow-credentials': 'true', Vary: 'accept' }
    const { url, serve, stop } = await listen(0)
    stops.push(stop)
    serve((request, response) => {
      response.setHeader('vary', 'origin')
      return pass({ handler: async () => ({ statusCode: 200, headers }), log, ...route }, request, response)
    })
    const answer = Object.fromEntries((await fetch(url)).headers)
    expect(Object.keys(answer).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(answer.vary).toBe('accept, origin')
  })

  it('sends each cookie in a header of its own', async () => {
    const response = await fetch(await answering({ statusCode: 200, cookies: ['a=1; Secure', 'b=2, x'] }))
    expect(response.headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2, x'])
  })

  it('decodes a body in base64', async () => {
    const response = await fetch(await answering({ statusCode: 200, body: '/wB7', isBase64Encoded: true }))
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0xff, 0x00, 0x7b]))
  })

  it.each<[string, APIGatewayProxyResultV2, string]>([
    ['text', 'plain', 'plain'],
    ['an object', { a: 1 } as APIGatewayProxyResultV2, '{"a":1}'],
  ])('takes %s without a status for a 200 of JSON', async (_, result, body) => {
    const response = await fetch(await answering(result))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe(body)
  })

  it('is a 500 without a word of why when the function throws', async () => {
    const url = await serving(async () => {
      throw new Error('a secret')
    })
    const response = await fetch(url)
    expect(response.status).toBe(500)
    expect(lines).toMatchObject([{ event: 'gateway', requestId: expect.any(String), cause: expect.any(String) }])
    expect(await response.text()).toBe('{"message":"Internal Server Error"}')
  })

  it('hands over a body of exactly the largest size', async () => {
    const url = await serving(async ({ body = '' }) => ({ statusCode: 200, body: String(body.length) }))
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(bodyBytesMax) })
    expect(await response.text()).toBe(String(bodyBytesMax))
  })

  it('refuses a larger body with 413 and never calls the function', async () => {
    let calls = 0
    const url = await serving(async () => ({ statusCode: 200, body: String(calls++) }))
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(bodyBytesMax + 1) })
    expect(response.status).toBe(413)
    expect(calls).toBe(0)
  })

  it('passes the route and the variables of its path to the function', async () => {
    const { url, serve, stop } = await listen(0)
    stops.push(stop)
    const found = { routeKey: 'GET /exports/{id}', pathParameters: { id: '7' } }
    const echo: Handler = async ({ routeKey, requestContext, pathParameters }) =>
      JSON.stringify([routeKey, requestContext.routeKey, pathParameters])
    serve((request, response) => pass({ handler: echo, log, ...found }, request, response))
    expect(await (await fetch(`${url}/exports/7`)).json()).toEqual([found.routeKey, found.routeKey, { id: '7' }])
  })

  it('passes the remaining time to the function', async () => {
    const url = await serving(async (_, invocation) => String(invocation.getRemainingTimeInMillis() > 29_000))
    expect(await (await fetch(url)).text()).toBe('true')
  })
})
