/** One log line for each operation, one for each error worth a look, and the HTTP status of the whole answer. */
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse, GraphQLRequestListener } from '@apollo/server'
import type { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Identity } from '@fieldnotes/identity/identity'
import type { GraphQLError } from 'graphql'
import { appErrorOf, statusOf } from '../errors/errors.ts'
import { retryAfterSeconds } from '../http/responses.ts'
import type { Context } from '../resolvers/context.ts'
import { mediaTypeOf } from './media-type.ts'

type Operation = GraphQLRequestContextWillSendResponse<Context>

/** Codes that say the service failed, not the caller. */
const ours = new Set(['UNAVAILABLE', 'INTERNAL'])

/** Refused documents that GraphQL over HTTP answers with 200 to clients that take `application/json` (§6.4.1). */
const documentFailures = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])

interface Reported {
  readonly requestId: string
  /** Whether the request's own words may be logged. */
  readonly loggable: boolean
}

function causeOf({ cause }: AppError): string | undefined {
  return cause instanceof Error ? cause.stack : undefined
}

/** Names and aliases of a GET are words of its query string, which no log holds. */
function isLoggable({ http }: Operation['request']): boolean {
  return http?.method !== 'GET'
}

function report(log: Log, error: GraphQLError, { requestId, loggable }: Reported): void {
  const found = appErrorOf(error)
  const level = ours.has(found.code) ? 'error' : 'info'
  const path = loggable ? error.path?.join('.') : undefined
  log(level, 'refused', { requestId, path, code: found.code, reason: found.reason, cause: causeOf(found) })
}

/** The client of an INTERNAL error gets the id under which we find its cause. */
function nameRequest(error: GraphQLError, requestId: string): void {
  if (appErrorOf(error).code === 'INTERNAL') error.extensions.requestId = requestId
}

function answered(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null)
}

function mediaTypeIn({ http }: Operation['request']) {
  return mediaTypeOf(http?.headers.get('accept'))
}

/** What Apollo would negotiate once more, in the same words. */
function setMediaType({ request, response }: Operation): void {
  const mediaType = mediaTypeIn(request)
  if (mediaType) response.http.headers.set('content-type', mediaType)
}

/** 503 and 500 are for answers that hold nothing but our own failure; a part of an answer is a 200. */
function failedStatus(errors: readonly GraphQLError[]): number | undefined {
  const codes = new Set(errors.map((error) => appErrorOf(error).code))
  if (codes.has('UNAVAILABLE')) return 503
  return codes.has('INTERNAL') ? 500 : undefined
}

function isDocumentFailure(error: GraphQLError): boolean {
  return documentFailures.has(String(error.extensions.code)) && appErrorOf(error).code === 'BAD_USER_INPUT'
}

/** The status of an answer that is nothing but errors, where it is another than Apollo's. */
function wholeStatus({ response, errors = [], request }: Operation): number | undefined {
  if (errors.length === 0 || response.body.kind !== 'single') return undefined
  const { data } = response.body.singleResult
  const failed = failedStatus(errors)
  if (failed && !answered(data)) return failed
  // Apollo's 500 is for what it knows nothing of: an operation that we refused before it ran.
  if (data === undefined && response.http.status === 500) return Math.max(...errors.map(appErrorOf).map(statusOf))
  const legacy = mediaTypeIn(request) === 'application/json; charset=utf-8'
  // Apollo's 200 for a persisted query that it does not know. The modern media type has no 2xx without data.
  if (!legacy && data === undefined && response.http.status === 200) return 400
  return legacy && response.http.status === 400 && errors.every(isDocumentFailure) ? 200 : undefined
}

/** What goes with a status besides the body. */
function headerOf(status: number | undefined, { errors = [] }: Operation, challenge: Identity['challenge']) {
  if (status === 503) return ['retry-after', String(retryAfterSeconds)] as const
  const [first] = errors
  const value = status === 401 && first && challenge(appErrorOf(first))
  return value ? (['www-authenticate', value] as const) : undefined
}

function setStatus(operation: Operation, challenge: Identity['challenge']): void {
  const status = wholeStatus(operation)
  const { http, body } = operation.response
  if (status) http.status = status
  const header = headerOf(status, operation, challenge)
  if (header) http.headers.set(header[0], header[1])
  if (status && status >= 500 && body.kind === 'single') body.singleResult.data = null
}

export interface Observed {
  readonly log: Log
  /** Milliseconds. */
  readonly now: () => number
  readonly challenge: Identity['challenge']
}

/** Watches every operation. */
export function observe({ log, now, challenge }: Observed): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { requestId, principal } }): Promise<GraphQLRequestListener<Context>> {
      const start = now()
      return {
        async didEncounterErrors({ errors, request }) {
          const loggable = isLoggable(request)
          for (const error of errors) {
            nameRequest(error, requestId)
            report(log, error, { requestId, loggable })
          }
        },
        async willSendResponse(operation) {
          setStatus(operation, challenge)
          setMediaType(operation)
          log('info', 'operation', {
            requestId,
            operation: isLoggable(operation.request) ? operation.operationName : undefined,
            kind: operation.operation?.operation,
            caller: principal.kind === 'anonymous' ? principal.kind : principal.id,
            status: operation.response.http.status ?? 200,
            errors: operation.errors?.length ?? 0,
            milliseconds: Math.round(now() - start),
          })
        },
      }
    },
  }
}
