/** CORS as an HTTP API of API Gateway implements it ("Configure CORS for HTTP APIs"), but granted path by path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { cors, isLoopbackOrigin } from '@fieldnotes/core/cors'

/** Sets the CORS headers of the response. Returns true for a preflight, which it answers itself. */
export type Cors = (request: IncomingMessage, response: ServerResponse) => boolean

const preflightHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-methods': cors.allowMethods.join(','),
  'access-control-allow-headers': cors.allowHeaders.join(','),
  'access-control-max-age': String(cors.maxAgeSeconds),
}

const answerHeaders: Readonly<Record<string, string>> = {
  'access-control-expose-headers': cors.exposeHeaders.join(','),
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers
}

function grant(request: IncomingMessage, response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  const { origin } = request.headers
  response.setHeader('vary', 'origin')
  if (!origin || !isLoopbackOrigin(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

/**
 * Grants access where `isGranted` is true of the path, for pages of any port of this machine. A preflight from another
 * origin is a 204 without the headers, so that the browser refuses. Every response at these paths is readable,
 * including those that the gateway makes itself.
 */
export function createCors(isGranted: (path: string) => boolean): Cors {
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    if (!isGranted(path)) return false
    const preflight = isPreflight(request)
    grant(request, response, preflight ? preflightHeaders : answerHeaders)
    if (preflight) response.writeHead(204).end()
    return preflight
  }
}
