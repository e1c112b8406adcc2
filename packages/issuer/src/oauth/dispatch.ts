/** Events of API Gateway (payload format 2.0) in, its responses out, through a listener of Node without a socket. */
import type { RequestListener } from 'node:http'
import type { APIGatewayProxyEventV2 as Event, APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda'
import inject, { type DispatchFunc } from 'light-my-request'

/** Headers by which a client could say which host it has called. */
const claims: readonly string[] = ['forwarded', 'host', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']

/** A function that answers events below the path of an issuer. */
export function dispatcher(listener: RequestListener, issuer: string): (event: Event) => Promise<Result> {
  const { host, pathname, protocol } = new URL(issuer)
  const fixed = { host, 'x-forwarded-proto': protocol.slice(0, -1) }
  return async (event) => {
    const { method } = event.requestContext.http
    const path = event.rawPath.slice(pathname.length)
    const response = await inject(mounted(listener, pathname), {
      method: method as never,
      url: event.rawQueryString ? `${path}?${event.rawQueryString}` : path,
      headers: { ...headersOf(event), ...fixed, 'x-request-id': event.requestContext.requestId },
      ...(event.body !== undefined && { payload: bodyOf(event) }),
    })
    return { statusCode: response.statusCode, headers: answered(response.headers), body: response.payload }
  }
}

/** oidc-provider finds out from `originalUrl` where it is mounted. */
function mounted(listener: RequestListener, mount: string): DispatchFunc {
  return (request, response) =>
    listener(Object.assign(request, { originalUrl: `${mount}${request.url}` }) as never, response as never)
}

function headersOf({ headers }: Event): Record<string, string> {
  const sent = Object.entries(headers).map(([name, value = '']) => [name.toLowerCase(), value] as const)
  return Object.fromEntries(sent.filter(([name]) => !claims.includes(name)))
}

function bodyOf({ body = '', isBase64Encoded }: Event): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}

/** What the gateway sets: CORS, with its `vary`, the length and the connection. */
const dropped: readonly string[] = ['connection', 'content-length', 'date', 'vary']

function answered(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !name.startsWith('access-control-') && !dropped.includes(name),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, [value].flat().join(', ')]))
}
