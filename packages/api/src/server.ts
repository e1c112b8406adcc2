/** The endpoint: an API Gateway event in, a response out. The same code on Lambda and on a laptop. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import { answer, refuse } from './answer.ts'
import type { Config } from './endpoint-config.ts'
import { appErrorOf } from './errors.ts'
import { createGraphqlRoute } from './graphql-route.ts'
import { mediaTypeOf } from './media-type.ts'
import type { Event, Handler, Result, Route, Surroundings } from './route.ts'

/** The path below the stage: API Gateway puts the name of a named stage in front of it. */
const pathOf = ({ rawPath, requestContext: { stage } }: Event): string => {
  const prefix = `/${stage}/`
  return rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath
}

const notFound: Route = async () => refuse(new AppError('NOT_FOUND', 'no such route'))

const allowing = (method: 'GET' | 'POST', route: Route): Route => {
  const refusal = new AppError('BAD_USER_INPUT', 'method', {
    message: `Use ${method}.`,
    extensions: { status: 405 },
  })
  return async (event, invocation, requestId) => {
    if (event.requestContext.http.method === method) return route(event, invocation, requestId)
    return refuse(refusal, { allow: method })
  }
}

const fixed = (body: unknown): Route => {
  const text = JSON.stringify(body)
  return async () => answer(200, text)
}

/** Everything that was refused before execution leaves here, with its challenge (RFC 6750 §3), in the media type that the client takes. */
const refusing = (identity: Identity, log: Log, thrown: unknown, { headers, requestContext }: Event): Result => {
  const { requestId } = requestContext
  const error = appErrorOf(thrown)
  const cause = error.cause instanceof Error ? error.cause.stack : undefined
  log(error.code === 'INTERNAL' ? 'error' : 'info', 'refused', {
    requestId,
    code: error.code,
    reason: error.reason,
    cause,
  })
  const challenge = identity.challenge(error)
  const mediaType = mediaTypeOf(headers.accept)
  return refuse(error, {
    ...(mediaType && { 'content-type': mediaType }),
    ...(challenge && { 'www-authenticate': challenge }),
  })
}

/**
 * Builds the handler once; it then serves any number of requests.
 * @throws when a setting is missing or weakens a check.
 */
export const createHandler = (config: Config, surroundings: Surroundings): Handler => {
  const { log } = surroundings
  const { issuers, resource, firebaseServiceAccount: account } = config
  const identity = createIdentity({
    ...surroundings,
    issuers,
    resource,
    firebaseOptions: (_row, { cert }) => (account ? { credential: cert(account) } : {}),
  })
  const routes = new Map<string, Route>([
    ['/graphql', allowing('POST', createGraphqlRoute(config, identity, surroundings))],
    ['/health', allowing('GET', fixed({ status: 'pass' }))],
    [new URL(identity.metadataUrl).pathname, allowing('GET', fixed(identity.metadata))],
  ])
  const respond: Route = async (event, invocation, requestId) => {
    try {
      return await (routes.get(pathOf(event)) ?? notFound)(event, invocation, requestId)
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
