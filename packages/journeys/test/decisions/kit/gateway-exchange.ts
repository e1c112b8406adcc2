/** Types of the Lambda event and of the response. */
import { randomUUID } from 'node:crypto'
import type { Event, Result } from '@fieldnotes/api/route'

/** A response as the client gets it, with its log lines. */
export interface LoggedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its query, which TypeScript can't know
  readonly body: any
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

/** Headers of a JSON body. */
export const json = { 'content-type': 'application/json' }

/** An event of `POST /graphql`; `changes` replaces its members. */
export function eventOf(changes: Partial<Event>): Event {
  const requestId = randomUUID()
  const http = { method: 'POST', path: '/graphql', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tests' }
  const requestContext = { http, requestId, stage: '$default', routeKey: '$default', accountId: '', apiId: '' }
  const rest = { domainName: '', domainPrefix: '', time: '', timeEpoch: 0 }
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: json,
    isBase64Encoded: false,
    requestContext: { ...requestContext, ...rest },
    ...changes,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Parses a result and adds the log lines of its request. */
export function loggedResponse(
  { statusCode = 0, headers = {}, body = '' }: Result,
  lines: readonly string[],
): LoggedResponse {
  return {
    status: statusCode,
    headers,
    text: body,
    body: parsed(body),
    lines: lines.map((line) => JSON.parse(line)).filter(({ requestId }) => requestId === headers['x-request-id']),
  }
}
