/** One log line for each operation, one for each error worth a look, and the HTTP status of the whole answer. */
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse, GraphQLRequestListener } from '@apollo/server'
import type { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { GraphQLError } from 'graphql'
import { retryAfterSeconds } from './answer.ts'
import type { Context } from './context.ts'
import { appErrorOf } from './errors.ts'
import { mediaTypeOf } from './media-type.ts'

type Operation = GraphQLRequestContextWillSendResponse<Context>

/** Codes that say the service failed, not the caller. */
const ours = new Set(['UNAVAILABLE', 'INTERNAL'])

/** Refused documents that GraphQL over HTTP answers with 200 to clients that take `application/json` (§6.4.1). */
const documentFailures = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])

const causeOf = ({ cause }: AppError): string | undefined => (cause instanceof Error ? cause.stack : undefined)

const report = (log: Log, error: GraphQLError, requestId: string): void => {
  const found = appErrorOf(error)
  const level = ours.has(found.code) ? 'error' : 'info'
  const path = error.path?.join('.')
  log(level, 'refused', { requestId, path, code: found.code, reason: found.reason, cause: causeOf(found) })
}

/** The client of an INTERNAL error gets the id under which we find its cause. */
const nameRequest = (error: GraphQLError, requestId: string): void => {
  if (appErrorOf(error).code === 'INTERNAL') error.extensions.requestId = requestId
}

const answered = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null)

/** 503 and 500 are for answers that hold nothing but our own failure; a part of an answer is a 200. */
const failedStatus = (errors: readonly GraphQLError[]): number | undefined => {
  const codes = new Set(errors.map((error) => appErrorOf(error).code))
  if (codes.has('UNAVAILABLE')) return 503
  return codes.has('INTERNAL') ? 500 : undefined
}

const isDocumentFailure = (error: GraphQLError): boolean =>
  documentFailures.has(String(error.extensions.code)) && appErrorOf(error).code === 'BAD_USER_INPUT'

/** The status of the whole answer, where it is another than Apollo's. */
const statusOf = ({ response, errors = [], request }: Operation): number | undefined => {
  if (errors.length === 0 || response.body.kind !== 'single') return undefined
  const failed = failedStatus(errors)
  if (failed && !answered(response.body.singleResult.data)) return failed
  const legacy = mediaTypeOf(request.http?.headers.get('accept')) === 'application/json'
  return legacy && response.http.status === 400 && errors.every(isDocumentFailure) ? 200 : undefined
}

const setStatus = (operation: Operation): void => {
  const status = statusOf(operation)
  const { http, body } = operation.response
  if (status) http.status = status
  if (status === 503) http.headers.set('retry-after', String(retryAfterSeconds))
  if (status !== 200 && status && body.kind === 'single') body.singleResult.data = null
}

/** Watches every operation. `now` is in milliseconds. */
export const observe = (log: Log, now: () => number): ApolloServerPlugin<Context> => ({
  async requestDidStart({ contextValue: { requestId, principal } }): Promise<GraphQLRequestListener<Context>> {
    const start = now()
    return {
      async didEncounterErrors({ errors }) {
        for (const error of errors) {
          nameRequest(error, requestId)
          report(log, error, requestId)
        }
      },
      async willSendResponse(operation) {
        setStatus(operation)
        log('info', 'operation', {
          requestId,
          operation: operation.operationName,
          kind: operation.operation?.operation,
          caller: principal.kind === 'anonymous' ? principal.kind : principal.id,
          status: operation.response.http.status ?? 200,
          errors: operation.errors?.length ?? 0,
          milliseconds: Math.round(now() - start),
        })
      },
    }
  },
})
