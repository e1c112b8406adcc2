/** What a function returned, as API Gateway's HTTP API sends it to the client (payload format 2.0). */
import type { ServerResponse } from 'node:http'
import type { APIGatewayProxyResultV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

/** A result without a status is the body of a 200. */
function structured(result: APIGatewayProxyResultV2): APIGatewayProxyStructuredResultV2 {
  if (typeof result === 'object' && 'statusCode' in result) return result
  const body = typeof result === 'string' ? result : JSON.stringify(result)
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body }
}

/** Sets a header as the function returned it. CORS is the gateway's: what a function says of it is ignored. `vary` has both parts. */
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

/** Sends what API Gateway itself says, in its own words, when the function is not asked or gives no answer. */
export function respondAlone(response: ServerResponse, status: keyof typeof words): void {
  if (response.headersSent) return void response.destroy()
  const body = JSON.stringify({ message: words[status] })
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}

const words = {
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const
