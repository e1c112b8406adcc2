/** The endpoint: an event of API Gateway in, a response out. The same code on Lambda and on a laptop. */
import type { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import { createAuthenticateSigned } from '@fieldnotes/identity/signed-requests'
import type { Config } from './config/config.ts'
import { appErrorOf } from './errors/map-error.ts'
import { createAllowedScopes } from './group-policies.ts'
import { byCredential, bySignature, reachedBy } from './http/authenticate-event.ts'
import { encode } from './http/content-coding.ts'
import { createRouteFor } from './http/graphql-route.ts'
import { mutationByGet } from './http/mutation-by-get.ts'
import { unsupportedCoding } from './http/request-body.ts'
import { errorResponse, jsonResponse, refusedOf } from './http/responses.ts'
import type { Event, Handler, HandlerOptions, Result, Route } from './http/route.ts'
import { createSelectRoute, notFound } from './http/select-route.ts'
import { createTwoLocks } from './http/two-locks.ts'
import { createIntrospect } from './opaque-tokens.ts'
import { createProofs } from './proofs.ts'
import { createIsRevoked } from './revocations.ts'

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

/** A request that is forbidden for another reason than its scopes has no challenge (RFC 6750 §3.1). */
function challengeOf({ challenge }: Identity, error: AppError): string | undefined {
  return error.code === 'FORBIDDEN' && !error.remedy ? undefined : challenge(error)
}

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
  const challenge = challengeOf(identity, error)
  return errorResponse(
    error,
    { ...refusedOf(event), metadataUrl: identity.metadataUrl },
    {
      ...(challenge && { 'www-authenticate': challenge }),
      ...acceptedHeaders.get(thrown),
    },
  )
}

/**
 * Creates the handler of all routes, once for the life of a process.
 * @throws Error when a setting is missing or weakens a check
 */
export function createHandler(config: Config, options: HandlerOptions): Handler {
  const { log } = options
  const { issuers, resource, firebaseServiceAccount: account } = config
  const clock = options.clock ?? Date.now
  const isRevoked = createIsRevoked(config, { log, clock })
  const allowedScopes = createAllowedScopes(config, { log, clock })
  const introspect = createIntrospect(config, clock)
  const proofs = createProofs(config, clock)
  const identity = createIdentity({
    ...options,
    issuers,
    resource,
    ...(introspect && { introspect }),
    ...(isRevoked && { isRevoked }),
    ...(allowedScopes && { allowedScopes }),
    ...(proofs && { proofs }),
    firebaseOptions: (_row, { cert }) => (account ? { credential: cert(account) } : {}),
  })
  const refused = (thrown: unknown, event: Event) => refuse(identity, log, thrown, event)
  const routeFor = createRouteFor(config, identity, { ...options, clock, refuse: refused })
  const { iam, gate, via = 'bearer' } = config
  const byToken = gate === 'demanded' ? createTwoLocks(identity, log) : byCredential(identity)
  const signed = { isRevoked, allowedScopes, clock }
  const answers = {
    '/graphql': routeFor(via === 'bearer' ? byToken : reachedBy(via, byToken)),
    '/iam/graphql': iam ? routeFor(bySignature(createAuthenticateSigned(iam, signed))) : notFound,
    '/health': fixed({ status: 'pass' }),
    '/.well-known/oauth-protected-resource/graphql': fixed(identity.metadata),
  }
  const selectRoute = createSelectRoute(answers, gate)
  const respond: Route = async (event, invocation, requestId) => {
    try {
      const result = await selectRoute(event)(event, invocation, requestId)
      return await encode(result, event.headers['accept-encoding'])
    } catch (error) {
      return refused(error, event)
    }
  }
  return async (event, invocation) => {
    const { requestId } = event.requestContext
    const result = await respond(event, invocation, requestId)
    return { ...result, headers: { ...result.headers, 'x-request-id': requestId } }
  }
}
