/** Sends a function's result to the client as an HTTP API of API Gateway does (payload format 2.0). */
import type { ServerResponse } from 'node:http'
import type { APIGatewayProxyResultV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

/** A result without a status becomes the body of a 200. */
export function structured(result: APIGatewayProxyResultV2): APIGatewayProxyStructuredResultV2 {
  if (typeof result === 'object' && 'statusCode' in result) return result
  const body = typeof result === 'string' ? result : JSON.stringify(result)
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body }
}

/**
 * Sets a header of the function's result. CORS headers of the function are dropped, because the gateway sets them.
 * `vary` is merged.
 */
function setHeader(response: ServerResponse, given: string, value: string): void {
  const name = given.toLowerCase()
  if (name.startsWith('access-control-')) return
  const own = name === 'vary' ? response.getHeader('vary') : undefined
  response.setHeader(name, own ? `${value}, ${own}` : value)
}

/** Sends the result of the function. */
export function respond(response: ServerResponse, result: APIGatewayProxyResultV2): void {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded } = structured(result)
  for (const [name, value] of Object.entries(headers)) setHeader(response, name, String(value))
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  if (statusCode !== 204) response.setHeader('content-length', bytes.length)
  response.writeHead(statusCode).end(bytes)
}

/**
 * Sends one of API Gateway's own error responses, for a request that does not reach the function or gets no result from
 * it.
 */
export function respondAlone(response: ServerResponse, status: keyof typeof words): void {
  if (response.headersSent) return void response.destroy()
  const body = JSON.stringify({ message: words[status] })
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}

const words = {
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const
