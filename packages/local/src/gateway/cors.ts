/** CORS as API Gateway's HTTP API does it once it is configured ("Configure CORS for HTTP APIs"), here path by path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { cors, isLoopbackOrigin } from '@fieldnotes/core/cors'

/** Puts the CORS headers on the answer; true when the request was a preflight, which is then answered. */
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
 * Grants access to exactly `paths`, for pages of any port of this machine. A preflight of another origin is a 204 too, without the
 * headers, so that the browser refuses. Every answer at these paths is readable, those that the gateway makes itself as well.
 */
export function createCors(paths: Iterable<string>): Cors {
  const granted = new Set(paths)
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    if (!granted.has(path)) return false
    const preflight = isPreflight(request)
    grant(request, response, preflight ? preflightHeaders : answerHeaders)
    if (preflight) response.writeHead(204).end()
    return preflight
  }
}
