/** Events of API Gateway for the parser of requests, which the tests call without a server. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { createDocumentCheck } from '../../src/graphql/document-check.ts'
import { createGatewayEvent } from '../../src/http/gateway-event.ts'
import type { Context } from '../../src/resolvers/context.ts'

/** A POST with this body. */
export function event(body: string | undefined, more: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
  return {
    headers: { 'Content-Type': 'application/json' },
    rawQueryString: '',
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' } },
    ...(body === undefined ? {} : { body }),
    ...more,
  } as APIGatewayProxyEventV2
}

/** A GET with this query string. */
export function get(rawQueryString: string, headers = {}): APIGatewayProxyEventV2 {
  return {
    headers,
    rawQueryString,
    isBase64Encoded: false,
    requestContext: { http: { method: 'GET' } },
  } as APIGatewayProxyEventV2
}

const context = {} as Context
export const gatewayEvent = createGatewayEvent(createDocumentCheck())

/** Parses an event, as the endpoint does before Apollo runs. */
export function parse(event: APIGatewayProxyEventV2, { fromEvent } = gatewayEvent) {
  return fromEvent({ event, context })
}

/** The `extensions` of a persisted query, as JSON. */
export function ofHash(hash: string) {
  return `{"persistedQuery":{"sha256Hash":${hash}}}`
}
