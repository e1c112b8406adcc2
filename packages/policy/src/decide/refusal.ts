/**
 * The errors that policy throws: each is a `GraphQLError` whose `extensions.code` reaches the client through any server. What
 * only the log may contain is kept beside the error, so that no server can serialise it.
 */
import { AppError } from '@fieldnotes/core/error'
import { GraphQLError, type GraphQLErrorExtensions, type GraphQLResolveInfo } from 'graphql'
import type { Refused } from './decision.ts'

const appErrors = new WeakMap<object, AppError>()
const refusals = new WeakMap<AppError, Refused>()

/**
 * Returns what `make` returns, without collecting stacks meanwhile: a refusal is expected, and collecting its stack would take
 * longer than deciding.
 */
function withoutStack<Made>(make: () => Made): Made {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}

type Place = Pick<GraphQLResolveInfo, 'fieldNodes' | 'path'>

function keysOf(path: GraphQLResolveInfo['path']): (string | number)[] {
  return path.prev ? [...keysOf(path.prev), path.key] : [path.key]
}

function remember(made: GraphQLError, error: AppError): GraphQLError {
  appErrors.set(made, error)
  return made
}

/** The facts of an error that clients may read. `status` is for the server alone. */
function factsOf({ code, extensions: { status: _, ...facts } }: AppError): GraphQLErrorExtensions {
  return { ...facts, code }
}

/**
 * The error of a field. With `place` it has nodes and path as graphql-js gives them, so that no executor wraps it. It has no
 * stack.
 */
export function fieldError(error: AppError, place?: Place): GraphQLError {
  const nodes = place?.fieldNodes ?? null
  const path = place ? keysOf(place.path) : null
  const made = withoutStack(() => new GraphQLError(error.message, { nodes, path, extensions: factsOf(error) }))
  return remember(made, error)
}

/**
 * The error of a whole request, thrown before execution. A `status` among the extensions becomes `extensions.http.status`, which
 * Apollo Server and GraphQL Yoga apply and remove from the response.
 */
export function requestError(error: AppError): GraphQLError {
  const { status } = error.extensions
  const http = typeof status === 'number' ? { http: { status } } : {}
  const extensions: GraphQLErrorExtensions = { ...factsOf(error), ...http }
  return remember(new GraphQLError(error.message, { extensions }), error)
}

/** A refusal as an error of this product: its `reason` names the place and the rule, for the log only. */
export function refusalError(place: string, refused: Refused): AppError {
  return withoutStack(() => {
    const error = new AppError(refused.code, `${place}: ${refused.leaf}`, { cause: refused.cause })
    refusals.set(error, refused)
    return error
  })
}

/**
 * The error behind an error that policy threw, also when an executor wrapped it: `reason` and `cause` are for the log only.
 * Undefined for any other error.
 */
export function appErrorIn(error: unknown): AppError | undefined {
  if (!(error instanceof GraphQLError)) return undefined
  return appErrors.get(error) ?? appErrorIn(error.originalError)
}

/** The decision behind an error of a refused field, for logs. Undefined for any other error. */
export function refusalIn(error: unknown): Refused | undefined {
  const found = appErrorIn(error)
  return found && refusals.get(found)
}
