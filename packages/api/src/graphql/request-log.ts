/** Logs one line for each operation, and one for each error. */
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server'
import type { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { GraphQLError } from 'graphql'
import { appErrorOf } from '../errors/errors.ts'
import type { Context } from '../resolvers/context.ts'

/** Codes of our own failures; the others are refusals. */
const failures = new Set(['UNAVAILABLE', 'INTERNAL'])

interface Reported {
  readonly requestId: string
  /** Whether names that the client chose may be logged. */
  readonly loggable: boolean
}

function causeOf({ cause }: AppError): string | undefined {
  return cause instanceof Error ? cause.stack : undefined
}

/** Names and aliases of a GET are part of its query string, which is never logged. */
function isLoggable({ http }: GraphQLRequestContext<Context>['request']): boolean {
  return http?.method !== 'GET'
}

function logError(log: Log, error: GraphQLError, { requestId, loggable }: Reported): void {
  const found = appErrorOf(error)
  const level = failures.has(found.code) ? 'error' : 'info'
  const path = loggable ? error.path?.join('.') : undefined
  log(level, 'refused', { requestId, path, code: found.code, reason: found.reason, cause: causeOf(found) })
}

/** An INTERNAL error has the request id, under which its cause is logged. */
function addRequestId(error: GraphQLError, requestId: string): void {
  if (appErrorOf(error).code === 'INTERNAL') error.extensions.requestId = requestId
}

export interface RequestLogOptions {
  readonly log: Log
  /** Milliseconds. */
  readonly now: () => number
}

/** The plugin. It must follow the one that sets the status, which it logs. */
export function createRequestLog({ log, now }: RequestLogOptions): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: { requestId, principal } }): Promise<GraphQLRequestListener<Context>> {
      const start = now()
      return {
        async didEncounterErrors({ errors, request }) {
          const loggable = isLoggable(request)
          for (const error of errors) {
            addRequestId(error, requestId)
            logError(log, error, { requestId, loggable })
          }
        },
        async willSendResponse({ request, response, operation, operationName, errors = [] }) {
          log('info', 'operation', {
            requestId,
            operation: isLoggable(request) ? operationName : undefined,
            kind: operation?.operation,
            caller: principal.kind === 'anonymous' ? principal.kind : principal.id,
            status: response.http.status ?? 200,
            errors: errors.length,
            milliseconds: Math.round(now() - start),
          })
        },
      }
    },
  }
}
