/** The endpoint: an API Gateway event in, a response out. The same code on Lambda and on a laptop. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import type { Config } from './config/config.ts'
import { appErrorOf } from './errors/errors.ts'
import { mediaTypeOf } from './graphql/media-type.ts'
import { encode } from './http/content-coding.ts'
import { unsupportedCoding } from './http/gateway-event.ts'
import { createGraphqlRoute } from './http/graphql-route.ts'
import { answer, noContent, refuse } from './http/responses.ts'
import type { Event, Handler, Result, Route, Surroundings } from './http/route.ts'

/** The path below the stage: API Gateway puts the name of a named stage in front of it, and never that of `$default`. */
function pathOf({ rawPath, requestContext: { stage } }: Event): string {
  const prefix = `/${stage}/`
  return stage !== '$default' && rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath
}

/** A refusal in the media type that the client takes. */
function refuseTo({ headers }: Event, error: AppError, more: Readonly<Record<string, string>> = {}): Result {
  const mediaType = mediaTypeOf(headers.accept)
  return refuse(error, { ...(mediaType && { 'content-type': mediaType }), ...more })
}

const noRoute = new AppError('NOT_FOUND', 'no such route')

const notFound: Route = async (event) => refuseTo(event, noRoute)

/** A preflight that API Gateway hands on, which it does with some routes. It adds its own headers to this answer; without them nothing is allowed. */
function isPreflight({ requestContext, headers }: Event): boolean {
  return requestContext.http.method === 'OPTIONS' && Boolean(headers.origin && headers['access-control-request-method'])
}

function allowing(methods: readonly ('GET' | 'POST')[], route: Route): Route {
  const allowed: readonly string[] = methods
  const refusal = new AppError('BAD_USER_INPUT', 'method', {
    message: `Use ${methods.join(' or ')}.`,
    extensions: { status: 405 },
  })
  return async (event, invocation, requestId) => {
    if (allowed.includes(event.requestContext.http.method)) return route(event, invocation, requestId)
    return isPreflight(event) ? noContent() : refuseTo(event, refusal, { allow: methods.join(', ') })
  }
}

function fixed(body: unknown): Route {
  const text = JSON.stringify(body)
  return async () => answer(200, text)
}

/** Everything that was refused before execution leaves here, with its challenge (RFC 6750 §3), in the media type that the client takes. */
function refusing(identity: Identity, log: Log, thrown: unknown, event: Event): Result {
  const { requestId } = event.requestContext
  const error = appErrorOf(thrown)
  const cause = error.cause instanceof Error ? error.cause.stack : undefined
  log(error.code === 'INTERNAL' ? 'error' : 'info', 'refused', {
    requestId,
    code: error.code,
    reason: error.reason,
    cause,
  })
  const challenge = identity.challenge(error)
  return refuseTo(event, error, {
    ...(challenge && { 'www-authenticate': challenge }),
    ...(thrown === unsupportedCoding && { 'accept-encoding': 'identity' }),
  })
}

/**
 * Builds the handler once; it then serves any number of requests.
 * @throws when a setting is missing or weakens a check.
 */
export function createHandler(config: Config, surroundings: Surroundings): Handler {
  const { log } = surroundings
  const { issuers, resource, firebaseServiceAccount: account } = config
  const identity = createIdentity({
    ...surroundings,
    issuers,
    resource,
    firebaseOptions: (_row, { cert }) => (account ? { credential: cert(account) } : {}),
  })
  const routes = new Map<string, Route>([
    ['/graphql', allowing(['GET', 'POST'], createGraphqlRoute(config, identity, surroundings))],
    ['/health', allowing(['GET'], fixed({ status: 'pass' }))],
    [new URL(identity.metadataUrl).pathname, allowing(['GET'], fixed(identity.metadata))],
  ])
  const respond: Route = async (event, invocation, requestId) => {
    try {
      const result = await (routes.get(pathOf(event)) ?? notFound)(event, invocation, requestId)
      return await encode(result, event.headers['accept-encoding'])
    } catch (error) {
      return refusing(identity, log, error, event)
    }
  }
  return async (event, invocation) => {
    const { requestId } = event.requestContext
    const result = await respond(event, invocation, requestId)
    return { ...result, headers: { ...result.headers, 'x-request-id': requestId } }
  }
}
