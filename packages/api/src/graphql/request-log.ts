/** Logs one line for each operation, and one for each of its first errors. */
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server'
import type { AppError } from '@fieldnotes/core/error'
import type { Log, LogFields } from '@fieldnotes/core/log'
import type { Actor, Principal } from '@fieldnotes/core/principal'
import type { GraphQLError } from 'graphql'
import { appErrorOf } from '../errors/map-error.ts'
import type { Context } from '../resolvers/context.ts'

/** Codes of our own failures; the others are refusals. */
const failures = new Set(['UNAVAILABLE', 'INTERNAL'])

/** Errors of one operation that have a log line each. Our own failures come first. */
export const loggedErrorsMax = 50

/** Characters of a path in a log line. The rest is left out: aliases are names that the client chose. */
export const loggedPathMax = 200

interface Reported {
  readonly requestId: string
  /** Whether names that the client chose may be logged. */
  readonly loggable: boolean
}

function causeOf({ cause }: AppError): string | undefined {
  return cause instanceof Error ? cause.stack : undefined
}

/** Names and aliases of a GET are part of its query string, which is never logged. */
export function isLoggable({ http }: GraphQLRequestContext<Context>['request']): boolean {
  return http?.method !== 'GET'
}

function logError(log: Log, error: GraphQLError, { requestId, loggable }: Reported): void {
  const found = appErrorOf(error)
  const level = failures.has(found.code) ? 'error' : 'info'
  const path = loggable ? error.path?.join('.').slice(0, loggedPathMax) : undefined
  // The reason of bad input contains names that the client chose.
  const reason = loggable || found.code !== 'BAD_USER_INPUT' ? found.reason : undefined
  log(level, 'refused', { requestId, path, code: found.code, reason, cause: causeOf(found) })
}

/** How often each code is among the errors that have no line of their own, such as `FORBIDDEN 80, NOT_FOUND 3`. */
function countsOf(errors: readonly GraphQLError[]): string {
  const counts = new Map<string, number>()
  for (const { code } of errors.map(appErrorOf)) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(([code, count]) => `${code} ${count}`).join(', ')
}

function logErrors(log: Log, errors: readonly GraphQLError[], reported: Reported): void {
  const isFailure = (error: GraphQLError) => failures.has(appErrorOf(error).code)
  const sorted = [...errors.filter(isFailure), ...errors.filter((error) => !isFailure(error))]
  for (const error of sorted.slice(0, loggedErrorsMax)) logError(log, error, reported)
  const rest = sorted.slice(loggedErrorsMax)
  if (rest.length === 0) return
  const level = rest.some(isFailure) ? 'error' : 'info'
  log(level, 'refused_more', { requestId: reported.requestId, errors: rest.length, codes: countsOf(rest) })
}

/** An INTERNAL error has the request id, under which its cause is logged. */
function addRequestId(error: GraphQLError, requestId: string): void {
  if (appErrorOf(error).code === 'INTERNAL') error.extensions.requestId = requestId
}

/** The subjects of a delegation chain, the current actor first, separated by spaces, which no subject contains. */
function subjectsOf({ subject, actor }: Actor): string {
  return actor ? `${subject} ${subjectsOf(actor)}` : subject
}

/**
 * The caller in a log line, with every id that a revocation takes. All of them are identifiers: none is accepted as a
 * credential. `withheld` are the scopes of the token that policies of groups took; empty where they took none.
 */
function callerFields(principal: Principal): LogFields {
  if (principal.kind === 'anonymous') return { caller: principal.kind }
  const { id, issuer, clientId, loginId, tokenId, boundTo, via, thirdParty, actor, withheldScopes } = principal
  const withheld = withheldScopes && [...withheldScopes].sort().join(' ')
  return {
    caller: id,
    issuer,
    clientId,
    loginId,
    tokenId,
    boundTo,
    via,
    thirdParty,
    withheld,
    actor: actor && subjectsOf(actor),
  }
}

export interface RequestLogOptions {
  readonly log: Log
  /** Milliseconds. */
  readonly now: () => number
}

/** The plugin. It must follow the one that sets the status, which it logs. */
export function createRequestLog({ log, now }: RequestLogOptions): ApolloServerPlugin<Context> {
  return {
    // A failure outside the operation, such as one of another plugin. Apollo then throws an error without its cause.
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      const { requestId } = requestContext.contextValue
      log('error', 'unexpected', { requestId, code: 'INTERNAL', cause: error.stack })
    },
    async requestDidStart({ contextValue: { requestId, principal } }): Promise<GraphQLRequestListener<Context>> {
      const start = now()
      return {
        async didEncounterErrors({ errors, request }) {
          for (const error of errors) addRequestId(error, requestId)
          logErrors(log, errors, { requestId, loggable: isLoggable(request) })
        },
        async willSendResponse({ request, response, operation, operationName, errors = [] }) {
          log('info', 'operation', {
            requestId,
            operation: isLoggable(request) ? operationName : undefined,
            kind: operation?.operation,
            ...callerFields(principal),
            status: response.http.status ?? 200,
            errors: errors.length,
            milliseconds: Math.round(now() - start),
          })
        },
      }
    },
  }
}
