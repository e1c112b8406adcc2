/** The event of the endpoint: a new one, so that nothing of the browser's request passes unless it is listed here. */
import type { Event } from './event.ts'

/** Headers of GraphQL clients, and what the endpoint negotiates. The cookie is not among them. */
const copied = [
  'accept',
  'accept-encoding',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'baggage',
  'content-encoding',
  'content-type',
  'traceparent',
  'tracestate',
  'user-agent',
  'x-api-key',
  'x-apollo-operation-name',
] as const

const path = '/graphql'
const routeKey = `POST ${path}`

/**
 * `POST /graphql` with a bearer token, and the verdict that the token is of this person: the entry is the first of the
 * two locks, as the gateway's authorizer is elsewhere.
 */
export function innerEvent(event: Event, token: string, personId: string): Event {
  const { requestContext, body, isBase64Encoded } = event
  const headers = copied.flatMap((name) => {
    const value = event.headers[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const authorizer = { lambda: { verdict: 'ok', id: personId } }
  const context = { ...requestContext, stage: '$default', routeKey, http: { ...requestContext.http, path }, authorizer }
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { ...Object.fromEntries(headers), authorization: `Bearer ${token}` },
    requestContext: context as Event['requestContext'],
    ...(body !== undefined && { body }),
    isBase64Encoded,
  }
}
