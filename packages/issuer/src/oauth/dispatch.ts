/** Events of API Gateway (payload format 2.0) in, its responses out, through a listener of Node without a socket. */
import type { RequestListener } from 'node:http'
import { receivedAt } from '@fieldnotes/table/received-at'
import type { APIGatewayProxyEventV2 as Event, APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda'
import inject, { type DispatchFunc } from 'light-my-request'
import { issuerPaths } from '../metadata.ts'
import { plainQuery } from './authorization-query.ts'

/** Headers by which a client could say which host it has called. */
const claims: readonly string[] = ['forwarded', 'host', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']

/** A function that answers events below the path of an issuer. */
export function dispatcher(
  listener: RequestListener,
  { issuer, clock }: { readonly issuer: string; readonly clock: () => number },
): (event: Event) => Promise<Result> {
  const { host, pathname, protocol } = new URL(issuer)
  const fixed = { host, 'x-forwarded-proto': protocol.slice(0, -1) }
  return async (event) => {
    const { method } = event.requestContext.http
    const received = receivedAt(event.requestContext, clock) / 1000
    const response = await inject(mounted(listener, pathname, received), {
      method: method as never,
      url: urlOf(event, pathname),
      headers: { ...headersOf(event), ...fixed, 'x-request-id': event.requestContext.requestId },
      ...(event.body !== undefined && { payload: bodyOf(event) }),
    })
    const cookies = kept(response.headers['set-cookie'])
    return {
      ...{ statusCode: response.statusCode, headers: answered(response.headers), body: response.payload },
      ...(cookies.length > 0 && { cookies }),
    }
  }
}

/** The path below the mount, and the query. */
function urlOf({ rawPath, rawQueryString }: Event, mount: string): string {
  const path = rawPath.slice(mount.length)
  const query = path === issuerPaths.authorization ? plainQuery(rawQueryString) : rawQueryString
  return query ? `${path}?${query}` : path
}

/** Members of a request beside Node's. */
export interface Received {
  /** When the gateway has received it, in seconds since the epoch. No client can say it. */
  readonly receivedAt?: number
}

/** oidc-provider finds out from `originalUrl` where it is mounted. */
function mounted(listener: RequestListener, mount: string, receivedAt: number): DispatchFunc {
  return (request, response) => {
    const received: Received = { receivedAt }
    listener(Object.assign(request, received, { originalUrl: `${mount}${request.url}` }) as never, response as never)
  }
}

/** Cookies of other names are none of the issuer's. Its own session is not kept: each request is a sign-in. */
function isOwn(cookie: string): boolean {
  return /^(?:__Host-oauth|__Host-oauth-apps|__Secure-oauth)(?:\.sig)?=/.test(cookie)
}

function kept(cookies: string | readonly string[] | undefined): string[] {
  return [cookies ?? []].flat().filter(isOwn)
}

function headersOf({ headers, cookies }: Event): Record<string, string> {
  const own = kept(cookies)
  const sent = Object.entries(headers).map(([name, value = '']) => [name.toLowerCase(), value] as const)
  const others = sent.filter(([name]) => name !== 'cookie' && !claims.includes(name))
  return { ...Object.fromEntries(others), ...(own.length > 0 && { cookie: own.join('; ') }) }
}

function bodyOf({ body = '', isBase64Encoded }: Event): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}

/** What the gateway sets: CORS, with its `vary`, the length and the connection. */
const dropped: readonly string[] = ['connection', 'content-length', 'date', 'set-cookie', 'vary']

function answered(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !name.startsWith('access-control-') && !dropped.includes(name),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, [value].flat().join(', ')]))
}
