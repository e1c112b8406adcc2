/** Raw HTTP requests beside the events that API Gateway made of them, recorded and with the local host and address. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { toEvent } from '../src/gateway/event.ts'

const now = new Date('2026-11-22T09:30:00Z')

async function read(request: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await request.toArray())
}

/** Sends `raw` unchanged over a socket and returns the event. */
async function eventOf(raw: string | Buffer, stage = '$default'): Promise<APIGatewayProxyEventV2> {
  const { promise, resolve } = Promise.withResolvers<APIGatewayProxyEventV2>()
  const server = createServer(async (request, response) => {
    resolve(toEvent(request, await read(request), { stage, routeKey: '$default', now }))
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  socket.write(raw)
  const event = await promise
  socket.destroy()
  server.close()
  return event
}

function head(first: string, ...headers: string[]): string {
  return [first, 'Host: api.test', ...headers, '', ''].join('\r\n')
}

function post(body: string | Buffer, ...headers: string[]): Buffer {
  return Buffer.concat([
    Buffer.from(head('POST /graphql HTTP/1.1', `Content-Length: ${Buffer.byteLength(body)}`, ...headers)),
    Buffer.from(body),
  ])
}

describe('toEvent', () => {
  it('makes the recorded event of a plain GET', async () => {
    const event = await eventOf(head('GET / HTTP/1.1', 'User-Agent: curl/7.58.0', 'Accept: */*'))
    const port = event.headers['x-forwarded-port']
    expect(event).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/',
      rawQueryString: '',
      headers: {
        accept: '*/*',
        host: 'api.test',
        'user-agent': 'curl/7.58.0',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': port,
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: 'anonymous',
        apiId: 'local',
        domainName: 'api.test',
        domainPrefix: 'local',
        http: { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'curl/7.58.0' },
        requestId: expect.stringMatching(/^[\w-]{36}$/),
        routeKey: '$default',
        stage: '$default',
        time: '22/Nov/2026:09:30:00 +0000',
        timeEpoch: now.getTime(),
      },
      isBase64Encoded: false,
    })
  })

  it('writes header names in lower case and joins repeated headers with commas, Authorization too', async () => {
    const { headers } = await eventOf(
      head('GET / HTTP/1.1', 'X-Mixed: 1', 'x-mixed: 2', 'Authorization: Bearer a', 'authorization: Bearer b'),
    )
    expect(headers).toMatchObject({ 'x-mixed': '1,2', authorization: 'Bearer a,Bearer b' })
  })

  it('does not let a header reach into the prototype', async () => {
    const { headers } = await eventOf(head('GET / HTTP/1.1', '__proto__: x', 'constructor: y'))
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype)
    expect(headers.constructor).toBe('y')
  })

  it('takes cookies out of the headers, from one header or several', async () => {
    const event = await eventOf(head('GET / HTTP/1.1', 'Cookie: a=1; b=2', 'Cookie: c=3'))
    expect(event.cookies).toEqual(['a=1', 'b=2', 'c=3'])
    expect(event.headers).not.toHaveProperty('cookie')
  })

  it('keeps the query as it was written, and joins repeated parameters with commas', async () => {
    const event = await eventOf(head('GET /graphql?a=1&a=2&b=%C3%BC%20x HTTP/1.1'))
    expect(event.rawPath).toBe('/graphql')
    expect(event.rawQueryString).toBe('a=1&a=2&b=%C3%BC%20x')
    expect(event.queryStringParameters).toEqual({ a: '1,2', b: 'ü x' })
  })

  it.each(['//evil.test/graphql', '/graphql/../health', '/gr%61phql', '/a:b'])('takes %s unchanged', async (path) => {
    expect((await eventOf(head(`GET ${path} HTTP/1.1`))).rawPath).toBe(path)
  })

  it('puts the name of a stage in front of the path', async () => {
    const event = await eventOf(head('GET /graphql HTTP/1.1'), 'dev')
    expect(event.rawPath).toBe('/dev/graphql')
    expect(event.requestContext).toMatchObject({ stage: 'dev', http: { path: '/dev/graphql' } })
  })

  it('appends the true address to what the client claims', async () => {
    const { headers, requestContext } = await eventOf(head('GET / HTTP/1.1', 'X-Forwarded-For: 1.2.3.4'))
    expect(headers['x-forwarded-for']).toBe('1.2.3.4, 127.0.0.1')
    expect(requestContext.http.sourceIp).toBe('127.0.0.1')
  })

  it('never takes an identity from the client', async () => {
    const event = await eventOf(post('{"requestContext":{"authorizer":{}}}', 'Content-Type: application/json'))
    expect(event.requestContext).not.toHaveProperty('authorizer')
  })

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'text/plain',
    'application/xml',
    'application/javascript',
  ])('hands over a body of %s as text', async (type) => {
    const event = await eventOf(post('{"a":"ü"}', `Content-Type: ${type}`))
    expect(event).toMatchObject({ body: '{"a":"ü"}', isBase64Encoded: false })
  })

  it.each([
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/octet-stream'],
    ['application/graphql-response+json'],
    ['application/jsonx'],
    ['application/json', 'Content-Encoding: gzip'],
  ])('hands over a body of %s %s in base64', async (type, ...more) => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b])
    const event = await eventOf(post(bytes, `Content-Type: ${type}`, ...more))
    expect(event).toMatchObject({ body: '/wB7', isBase64Encoded: true })
  })

  it('hands over a body without a content type in base64', async () => {
    expect(await eventOf(post('{}'))).toMatchObject({ body: 'e30=', isBase64Encoded: true })
  })

  it('alters no byte of text that is not UTF-8', async () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22])
    const event = await eventOf(post(bytes, 'Content-Type: application/json'))
    expect(event).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true })
  })

  it('has no body where there was none', async () => {
    const event = await eventOf(post('', 'Content-Type: application/json'))
    expect(event).not.toHaveProperty('body')
    expect(event.isBase64Encoded).toBe(false)
  })
})
