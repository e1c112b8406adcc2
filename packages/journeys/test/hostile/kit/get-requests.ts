/** Requests by GET: the query string as the whole request. */
import { eventOf } from '../../decisions/kit/gateway-exchange.ts'
import type { HostileRequest, Sender } from './measured-endpoint.ts'

const { requestContext } = eventOf({})

/** A `GET /graphql` with this query string. It has no content type, as in a browser. */
export function getOf(caller: Sender, rawQueryString: string): HostileRequest {
  const http = { ...requestContext.http, method: 'GET' }
  return { caller, event: { rawQueryString, requestContext: { ...requestContext, http } } }
}

/** Text in percent-encoding, spaces as `+`. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+')
}

/** The query string of parameters. */
export function searchOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&')
}
