/** Who may send a request: pages of this machine, clients with an API key, and the project's backend. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { isLoopbackOrigin } from '@fieldnotes/core/cors'
import { isOwnPage } from '../graphiql/page-tokens.ts'
import { isOurs } from '../pages/requests.ts'
import { ApiError } from './api-error.ts'
import type { Sender } from './routes.ts'

/** Headers of the Firebase SDK. `authorization` is not among them: no page of another origin acts as the owner. */
const allowHeaders = [
  'content-type',
  'x-client-version',
  'x-firebase-appcheck',
  'x-firebase-client',
  'x-firebase-gmpid',
  'x-firebase-locale',
  'x-goog-api-key',
]

const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': allowHeaders.join(', '),
  'access-control-max-age': '3600',
}

/**
 * Refuses pages of other machines, and other host names for this machine (DNS rebinding).
 * @throws ApiError 403
 */
export function assertLocal({ host, origin }: IncomingHttpHeaders): void {
  if (isOurs(host) && (origin === undefined || isLoopbackOrigin(origin))) return
  throw new ApiError(403, 'Only pages and programs of this machine may sign in here.')
}

/** Lets pages of any port of this machine read the response. Returns true for a preflight, which it answers. */
export function allowOrigin({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('vary', 'origin')
  if (headers.origin !== undefined) response.setHeader('access-control-allow-origin', headers.origin)
  if (method !== 'OPTIONS') return false
  response.writeHead(204, preflightHeaders).end()
  return true
}

/** Whether a page of another origin than `own` sent the request, by its origin or by Fetch Metadata. */
export function isForeignPage({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders, own: string): boolean {
  return (origin !== undefined && origin !== own) || !isOwnPage(site)
}

/** Whether the request is of the project's backend. @throws ApiError 401 for another credential, 403 for a page */
export function isOwner({ authorization, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (authorization === undefined) return false
  if (!/^bearer owner$/i.test(authorization)) throw new ApiError(401, 'Request had invalid authentication credentials.')
  if (!isOwnPage(site)) throw new ApiError(403, 'A page of another origin can not be the owner.')
  return true
}

/** The request, as far as its rights depend on it. */
export interface Sent {
  readonly headers: IncomingHttpHeaders
  readonly apiKey: string | undefined
  readonly isOwner: boolean
}

const checks: Readonly<Record<Sender, (sent: Sent) => void>> = {
  client({ apiKey, isOwner, headers }) {
    if (apiKey || isOwner || headers['x-goog-api-key']) return
    throw new ApiError(403, 'The request is missing a valid API key.')
  },
  owner({ isOwner }) {
    if (!isOwner) throw new ApiError(401, 'Request is missing required authentication credential.')
  },
  local({ headers }) {
    if (!isOwnPage(headers['sec-fetch-site'])) throw new ApiError(403, 'Codes are for terminals.')
  },
}

/** @throws ApiError 401, 403 when the request is not of the sender that the route is for */
export function assertSender(sender: Sender, sent: Sent): void {
  checks[sender](sent)
}
