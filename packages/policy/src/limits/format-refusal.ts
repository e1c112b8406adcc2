/** The codes of refusals in Apollo Server, which gives every error of parsing and of validation a code of its own. */
import { type AppError, publicExtensions } from '@fieldnotes/core/error'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import { appErrorIn } from '../decide/graphql-errors.ts'
import { limitExceeded, tokensMaxOf } from './document-limits.ts'

function refusalOf(error: GraphQLError): AppError | undefined {
  const tokensMax = tokensMaxOf(error)
  return tokensMax === undefined ? appErrorIn(error) : limitExceeded('tokens', tokensMax)
}

/**
 * The option `formatError` of Apollo Server 5: a document above a limit keeps LIMIT_EXCEEDED. Other errors are returned
 * unchanged. A server with a format of its own calls it first, as here.
 * @example
 * ```ts
 * import { formatRefusal } from '@fieldnotes/policy/format-refusal'
 * import type { GraphQLFormattedError } from 'graphql'
 *
 * function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
 *   const { message, extensions = {} } = formatRefusal(formatted, error)
 *   return { message, extensions }
 * }
 * ```
 */
export function formatRefusal(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const refusal = refusalOf(error as GraphQLError)
  if (!refusal) return formatted
  return {
    ...formatted,
    message: refusal.message,
    extensions: { ...formatted.extensions, ...publicExtensions(refusal) },
  }
}
