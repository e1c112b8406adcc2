/**
 * Formats the errors of a response and makes its JSON. A failure outside an operation, such as one of a plugin or of
 * the JSON itself, passes none of Apollo's hooks for errors. It is thrown here, so that the handler logs and answers
 * it.
 */
import { AppError } from '@fieldnotes/core/error'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { appErrorOf, publicError } from '../errors/map-error.ts'

/** V8's message for a text of more than 536,870,888 characters. */
const textTooLong = 'Invalid string length'

function failureOf(cause: unknown): AppError {
  if (!(cause instanceof RangeError && cause.message === textTooLong))
    return new AppError('INTERNAL', 'the result is not JSON', { cause })
  return new AppError('LIMIT_EXCEEDED', 'result too large', {
    message: 'The answer is too large. Select fewer items or fields.',
    extensions: { status: 400 },
  })
}

/** The two functions that Apollo calls, in this order, for a response with errors. */
export interface ResultFormat {
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError
  /** @throws AppError for a failure that was not reported: LIMIT_EXCEEDED for a result that is too large, INTERNAL */
  readonly stringifyResult: (result: FormattedExecutionResult) => string
}

export function createResultFormat(): ResultFormat {
  const ofSerialization = new WeakSet<AppError>()
  const unreported = new WeakMap<GraphQLFormattedError, AppError>()
  const serialize = (result: FormattedExecutionResult): string => {
    try {
      return JSON.stringify(result)
    } catch (cause) {
      const failure = failureOf(cause)
      ofSerialization.add(failure)
      throw failure
    }
  }
  return {
    formatError: (formatted, error) => {
      const answered = publicError(formatted, error)
      const { code, requestId } = answered.extensions ?? {}
      const thrown = appErrorOf(error)
      // The request log adds the request id to each INTERNAL error that it logs.
      if (ofSerialization.has(thrown) || (code === 'INTERNAL' && !requestId)) unreported.set(answered, thrown)
      return answered
    },
    stringifyResult: (result) => {
      const [failure] = (result.errors ?? []).flatMap((error) => unreported.get(error) ?? [])
      if (failure) throw failure
      return serialize(result)
    },
  }
}
