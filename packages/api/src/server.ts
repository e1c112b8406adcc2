/** The endpoint: an event of API Gateway in, a response out. The same code on Lambda and on a laptop. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import type { Config } from './config/config.ts'
import { appErrorOf } from './errors/map-error.ts'
import { encode } from './http/content-coding.ts'
import { createGraphqlRoute } from './http/graphql-route.ts'
import { mutationByGet } from './http/mutation-by-get.ts'
import { unsupportedCoding } from './http/request-body.ts'
import { errorResponse, jsonResponse, noContent, refusedOf } from './http/responses.ts'
import type { Event, Handler, HandlerOptions, Result, Route } from './http/route.ts'

/** The path without the stage: API Gateway prefixes the name of a stage, except `$default`. */
function pathOf({ rawPath, requestContext: { stage } }: Event): string {
  const prefix = `/${stage}/`
  return stage !== '$default' && rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath
}

const noRoute = new AppError('NOT_FOUND', 'no such route')

async function notFound(event: Event): Promise<Result> {
  return errorResponse(noRoute, refusedOf(event))
}

/**
 * A preflight that API Gateway passes on for some routes. It adds its own headers to the response; without them nothing
 * is allowed.
 */
function isPreflight({ requestContext, headers }: Event): boolean {
  return requestContext.http.method === 'OPTIONS' && Boolean(headers.origin && headers['access-control-request-method'])
}

/** The route for these methods; 405 for every other method. */
function allowing(methods: readonly ('GET' | 'POST')[], route: Route): Route {
  const allowed: readonly string[] = methods
  const refusal = new AppError('BAD_USER_INPUT', 'method', {
    message: `Use ${methods.join(' or ')}.`,
    extensions: { status: 405 },
  })
  return async (event, invocation, requestId) => {
    if (allowed.includes(event.requestContext.http.method)) return route(event, invocation, requestId)
    if (isPreflight(event)) return noContent()
    return errorResponse(refusal, refusedOf(event), { allow: methods.join(', ') })
  }
}

function fixed(body: unknown): Route {
  const text = JSON.stringify(body)
  return async () => jsonResponse(200, text)
}

/** Headers of refusals that name what is accepted. */
const acceptedHeaders: ReadonlyMap<unknown, Readonly<Record<string, string>>> = new Map<
  unknown,
  Record<string, string>
>([
  [unsupportedCoding, { 'accept-encoding': 'identity' }],
  [mutationByGet, { allow: 'POST' }],
])

/**
 * Logs and answers every request that fails outside the execution of an operation, with its challenge (RFC 6750 §3).
 */
function refuse(identity: Identity, log: Log, thrown: unknown, event: Event): Result {
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
  return errorResponse(error, refusedOf(event), {
    ...(challenge && { 'www-authenticate': challenge }),
    ...acceptedHeaders.get(thrown),
  })
}

/**
 * Creates the handler of all routes, once for the life of a process.
 * @throws Error when a setting is missing or weakens a check
 */
export function createHandler(config: Config, options: HandlerOptions): Handler {
  const { log } = options
  const { issuers, resource, firebaseServiceAccount: account } = config
  const identity = createIdentity({
    ...options,
    issuers,
    resource,
    firebaseOptions: (_row, { cert }) => (account ? { credential: cert(account) } : {}),
  })
  const routes = new Map<string, Route>([
    ['/graphql', allowing(['GET', 'POST'], createGraphqlRoute(config, identity, options))],
    ['/health', allowing(['GET'], fixed({ status: 'pass' }))],
    [new URL(identity.metadataUrl).pathname, allowing(['GET'], fixed(identity.metadata))],
  ])
  const respond: Route = async (event, invocation, requestId) => {
    try {
      const result = await (routes.get(pathOf(event)) ?? notFound)(event, invocation, requestId)
      return await encode(result, event.headers['accept-encoding'])
    } catch (error) {
      return refuse(identity, log, error, event)
    }
  }
  return async (event, invocation) => {
    const { requestId } = event.requestContext
    const result = await respond(event, invocation, requestId)
    return { ...result, headers: { ...result.headers, 'x-request-id': requestId } }
  }
}
