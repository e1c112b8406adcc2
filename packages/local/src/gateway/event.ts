/** Converts an HTTP request to the event that an HTTP API of API Gateway passes to a function (payload format 2.0). */
import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** Settings of the gateway that appear in events. */
export interface Gateway {
  /** `$default`, or the name of a stage, which is then the first segment of every path. */
  readonly stage: string
  readonly routeKey: string
  /** Values of the variables in the route's path. */
  readonly pathParameters?: Readonly<Record<string, string>> | undefined
  readonly now: Date
}

type Headers = Record<string, string>

/**
 * Headers as the client sent them. Names are in lower case. A repeated header becomes one, joined by commas. Cookies
 * are separate.
 */
export function headersOf(raw: readonly string[]): Headers {
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

/** Content types that API Gateway passes as text. Any other body, and one without a content type, is base64. */
const text = /^(text\/[\w.+-]+|application\/(json|xml|javascript))\s*(;|$)/i

function isText({ 'content-type': type = '', 'content-encoding': encoding = 'identity' }: Headers): boolean {
  return encoding === 'identity' && text.test(type)
}

function bodyOf(body: Buffer, headers: Headers) {
  if (body.length === 0) return { isBase64Encoded: false }
  const isBase64Encoded = !isText(headers) || !isUtf8(body)
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded }
}

/** The gateway appends the address of its peer to the addresses that the client claims. */
function forwarded({ socket }: IncomingMessage, { 'x-forwarded-for': claimed }: Headers): Headers {
  return {
    'x-forwarded-for': [claimed, socket.remoteAddress].filter(Boolean).join(', '),
    'x-forwarded-port': String(socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  }
}

/** A repeated parameter becomes one, joined by commas. */
function queryOf(query: string) {
  if (query === '') return {}
  const parameters = new URLSearchParams(query)
  const joined = [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')])
  return { queryStringParameters: Object.fromEntries(joined) as Headers }
}

/** Common Log Format: `22/Nov/2026:09:30:00 +0000`. */
function logTime(now: Date): string {
  const [, day, month, year, time] = now.toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}

function splitTarget(target: string): [string, string] {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

/** Returns the event for `request`, whose body has been read. */
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
    ...(gateway.pathParameters && { pathParameters: gateway.pathParameters }),
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
