/** Maps every thrown value to one code of the closed table, and to the error that a client receives. */
import { AppError, publicExtensions } from '@fieldnotes/core/error'
import { isTooManyTokens, limitExceeded, limitsDefault } from '@fieldnotes/policy/document-limits'
import { appErrorIn } from '@fieldnotes/policy/graphql-errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { redactMessage } from './redact-message.ts'

/** Codes of graphql-js and Apollo for a request that they refuse. */
const refusedRequests = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
])

/** Codes that the protocol of automatic persisted queries prescribes; clients compare them. */
const persistedQueryCodes = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED'])

function isRefusedRequest(error: GraphQLError): boolean {
  const code = String(error.extensions.code)
  return refusedRequests.has(code) || persistedQueryCodes.has(code) || isRefusedByHash(error)
}

/** Apollo's error for a hash of another text has a status and no code. */
function isRefusedByHash({ extensions }: GraphQLError): boolean {
  return (extensions.http as Status | undefined)?.status === 400
}

interface Status {
  readonly status?: unknown
}

function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originalOf(error.originalError) : error
}

/** A refused request may have many errors, and each is mapped for its status, its log line and its response. */
const refusals = new WeakMap<GraphQLError, AppError>()

function refusalOf(error: GraphQLError): AppError {
  const known = refusals.get(error)
  if (known) return known
  const refusal = new AppError('BAD_USER_INPUT', String(error.extensions.code), {
    message: redactMessage(error.message),
  })
  refusals.set(error, refusal)
  return refusal
}

/** The beginning of graphql-js's errors for arguments read at execution: null for a variable with a default. */
const argumentError = /^Argument "(\w+)" /

/** Such an error has no code. Every other error without a code is a bug. */
function argumentRefusal(error: unknown): AppError | undefined {
  const [, argument] = (error instanceof GraphQLError && argumentError.exec(error.message)) || []
  if (argument === undefined) return undefined
  const reason = 'its value is null or not of its type'
  return new AppError('BAD_USER_INPUT', `${argument}: ${reason}`, {
    message: `The argument \`${argument}\` is not acceptable: ${reason}.`,
    extensions: { argument, arguments: [{ argument, reason }] },
  })
}

/** The AppError of any thrown value; INTERNAL for one that no rule maps. */
export function appErrorOf(error: unknown): AppError {
  const original = originalOf(error)
  if (original instanceof AppError) return original
  const refusal = appErrorIn(original)
  if (refusal) return refusal
  if (isTooManyTokens(error)) return limitExceeded('tokens', limitsDefault.tokens)
  if (error instanceof GraphQLError && isRefusedRequest(error)) return refusalOf(error)
  return argumentRefusal(original) ?? new AppError('INTERNAL', 'unforeseen', { cause: original })
}

/** The request id of an INTERNAL error, under which its cause is logged. */
function reportOf(code: string, formatted: GraphQLFormattedError): object | undefined {
  const requestId = formatted.extensions?.requestId
  return code === 'INTERNAL' && requestId ? { requestId } : undefined
}

/**
 * The error that a client receives (GraphQL §7.1.2): message and code of the closed table, the public data of the
 * error, its remedy, locations, path, the request id of an INTERNAL error, and nothing else.
 */
export function publicError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (persistedQueryCodes.has(String(formatted.extensions?.code))) return formatted
  const found = appErrorOf(error)
  const { locations, path } = formatted
  return {
    message: found.message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...publicExtensions(found), ...reportOf(found.code, formatted) },
  }
}
