/** An HTTP request as API Gateway's HTTP API hands it to a function (payload format 2.0). */
import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'

export interface Gateway {
  /** `$default`, or the name of a stage, which then stands in front of every path. */
  readonly stage: string
  readonly routeKey: string
  readonly now: Date
}

type Headers = Record<string, string>

/** Names in lower case; a header that came more than once is one, joined by commas. Cookies are apart. */
function headersOf(raw: readonly string[]): Headers {
  const headers: Headers = {}
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase()
    const value = raw[at + 1] ?? ''
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value
  }
  return headers
}

function cookiesOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(/[;,]/)
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '')
}

/** What API Gateway takes for text; every other body, one without a content type too, arrives in base64. */
const text = /^(text\/[\w.+-]+|application\/(json|xml|javascript))\s*(;|$)/i

function isText({ 'content-type': type = '', 'content-encoding': encoding = 'identity' }: Headers): boolean {
  return encoding === 'identity' && text.test(type)
}

function bodyOf(body: Buffer, headers: Headers) {
  if (body.length === 0) return { isBase64Encoded: false }
  const isBase64Encoded = !isText(headers) || !isUtf8(body)
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded }
}

/** The gateway appends whom it saw to what the client claims. */
function forwarded({ socket }: IncomingMessage, { 'x-forwarded-for': claimed }: Headers): Headers {
  return {
    'x-forwarded-for': [claimed, socket.remoteAddress].filter(Boolean).join(', '),
    'x-forwarded-port': String(socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  }
}

/** A parameter that came more than once is one, joined by commas. */
function queryOf(query: string) {
  if (query === '') return {}
  const parameters = new URLSearchParams(query)
  const joined = [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')])
  return { queryStringParameters: Object.fromEntries(joined) as Headers }
}

/** `22/Nov/2026:09:30:00 +0000`, as web servers have always logged. */
function logTime(now: Date): string {
  const [, day, month, year, time] = now.toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}

function splitTarget(target: string): [string, string] {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

/** The event for `request`, whose body has been read. */
export function toEvent(request: IncomingMessage, body: Buffer, gateway: Gateway): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = headersOf(request.rawHeaders)
  const [target, rawQueryString] = splitTarget(request.url ?? '/')
  const path = gateway.stage === '$default' ? target : `/${gateway.stage}${target}`
  const cookies = cookiesOf(cookie)
  return {
    version: '2.0',
    routeKey: gateway.routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: { ...headers, ...forwarded(request, headers) },
    ...queryOf(rawQueryString),
    requestContext: requestContext(request, path, gateway),
    ...bodyOf(body, headers),
  }
}

function requestContext(request: IncomingMessage, path: string, { stage, routeKey, now }: Gateway) {
  return {
    accountId: 'anonymous',
    apiId: 'local',
    domainName: request.headers.host ?? '',
    domainPrefix: 'local',
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey,
    stage,
    time: logTime(now),
    timeEpoch: now.getTime(),
  }
}
