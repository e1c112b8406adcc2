/** The one exit for errors: whatever went wrong becomes one of the codes of the house, and says nothing that the caller may not know. */
import { AppError, errors } from '@fieldnotes/core/error'
import { isTooManyTokens, limitExceeded, limitsDefault } from '@fieldnotes/policy/limits'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { withoutInput } from './redact-message.ts'

/** What the GraphQL layers below us call a request that they could not take. */
const refusedRequests = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
])

/** Codes that clients of the automatic persisted queries protocol wait for, word for word. */
const persistedQueryCodes = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED'])

/** A request that the layers below us did not take, in whatever way they say so. */
function isRefusedRequest(error: GraphQLError): boolean {
  const code = String(error.extensions.code)
  return refusedRequests.has(code) || persistedQueryCodes.has(code) || isRefusedByHash(error)
}

/** Apollo gives its refusal of a hash that belongs to another text a status, and no code. */
function isRefusedByHash({ extensions }: GraphQLError): boolean {
  return (extensions.http as Status | undefined)?.status === 400
}

interface Status {
  readonly status?: unknown
}

function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originalOf(error.originalError) : error
}

/** Status, log and answer each ask what an error is: a refused request may have many. */
const refusals = new WeakMap<GraphQLError, AppError>()

function refusalOf(error: GraphQLError): AppError {
  const known = refusals.get(error)
  if (known) return known
  const refusal = new AppError('BAD_USER_INPUT', String(error.extensions.code), {
    message: withoutInput(error.message),
  })
  refusals.set(error, refusal)
  return refusal
}

/** Any thrown thing as one of ours; what nobody foresaw is INTERNAL. */
export function appErrorOf(error: unknown): AppError {
  const original = originalOf(error)
  if (original instanceof AppError) return original
  if (isTooManyTokens(error)) return limitExceeded('tokens', limitsDefault.tokens)
  if (error instanceof GraphQLError && isRefusedRequest(error)) return refusalOf(error)
  const { requestId } = error instanceof GraphQLError ? error.extensions : {}
  return new AppError('INTERNAL', 'unforeseen', { cause: original, extensions: requestId ? { requestId } : {} })
}

/** The error as the caller sees it (GraphQL §7.1.2): words and code of the closed table, place and path, nothing else. */
export function publicError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (persistedQueryCodes.has(String(formatted.extensions?.code))) return formatted
  const { message, code, extensions } = appErrorOf(error)
  const { status: _, ...told } = extensions
  const { locations, path } = formatted
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { ...told, code } }
}

/** The HTTP status of a request that is refused as a whole; an error may name a closer one than its code has. */
export function statusOf({ code, extensions }: AppError): number {
  return typeof extensions.status === 'number' ? extensions.status : errors[code].status
}
