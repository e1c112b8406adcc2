/** Errors of the token endpoint that oidc-provider has no class for, and errors of our own parts as it answers them. */
import { AppError } from '@fieldnotes/core/error'
import { type ErrorOut, errors } from 'oidc-provider'
import { type ExchangeCode, ExchangeRefusal } from '../exchange/exchange-refusal.ts'

/**
 * 503: keys, revocations or the table are out of reach. RFC 6749 has `temporarily_unavailable` for the authorization
 * endpoint; a client of the token endpoint reads the status.
 */
class Unavailable extends errors.OIDCProviderError {
  override error_description = 'not available right now, try again'

  constructor(cause: unknown) {
    super(503, 'temporarily_unavailable', { cause: cause as Error })
    this.expose = true
  }
}

/** The error as oidc-provider answers it: an outage is 503, a refusal has its code, and the rest stays as it is. */
export function answerable(error: unknown): unknown {
  if (error instanceof AppError && error.code === 'UNAVAILABLE') return new Unavailable(error)
  if (!(error instanceof ExchangeRefusal)) return error
  const { code, message, reason } = error
  return Object.assign(refusals[code](message), { error_detail: reason })
}

const refusals: Readonly<Record<ExchangeCode, (message: string) => Error>> = {
  invalid_request: (message) => new errors.InvalidRequest(message),
  invalid_scope: invalidScope,
  invalid_target: (message) => Object.assign(new errors.InvalidTarget(), { error_description: message }),
  unauthorized_client: (message) => new errors.UnauthorizedClient(message),
}

/** Without the scope: oidc-provider would repeat it in the answer. */
export function invalidScope(message: string): Error {
  return new errors.InvalidScope(message, undefined as never)
}

/** Koa middleware: refusals repeat nothing that was sent. oidc-provider repeats a scope. */
export async function repeatNothing(ctx: { body?: unknown }, next: () => Promise<void>): Promise<void> {
  await next()
  const { body } = ctx
  if (typeof body === 'object' && body !== null && 'error' in body && 'scope' in body) delete body.scope
}

/** What oidc-provider says of a request in which no client authenticates, or none by a method that exists. */
const withoutClient: ReadonlySet<unknown> = new Set([
  'client_assertion_type must be provided',
  'client_assertion_type must have value urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  'client_id and client_secret in the authorization header are not properly encoded',
  'client_secret must be provided in the Authorization header',
  'invalid authorization header value format',
  'invalid client_assertion format',
  'no client authentication mechanism provided',
])

/** The code of an error as it is answered. */
export function codeOf({ error, error_description }: ErrorOut): string {
  return withoutClient.has(error_description) ? 'invalid_client' : error
}

/**
 * Koa middleware: without a client that authenticates, a request is `invalid_client` and 401 (RFC 6749 §5.2), also with
 * an assertion that is of no form (RFC 7521 §4.2.1).
 */
export async function demandClient(ctx: { body?: unknown; status: number }, next: () => Promise<void>): Promise<void> {
  await next()
  const { error_description } = (ctx.body ?? {}) as Partial<ErrorOut>
  if (!withoutClient.has(error_description)) return
  ctx.status = 401
  ctx.body = { error: 'invalid_client', error_description: 'client authentication failed' }
}

/** Runs an act of our own inside oidc-provider. */
export async function answering<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw answerable(error)
  }
}
