/**
 * The errors that policy throws: each is a `GraphQLError` whose `extensions.code` reaches the client through any
 * server. What only the log may contain is kept beside the error, so that no server can serialise it.
 */
import { AppError, errors } from '@fieldnotes/core/error'
import {
  GraphQLError,
  type GraphQLErrorExtensions,
  type GraphQLErrorOptions,
  type GraphQLResolveInfo,
  responsePathAsArray,
} from 'graphql'
import type { Refused } from './decision.ts'

/** A refusal at `place`, such as `Note.title`. */
interface Refusal {
  readonly place: string
  readonly refused: Refused
}

const appErrors = new WeakMap<GraphQLError, AppError>()
const refusals = new WeakMap<GraphQLError, Refusal>()

/**
 * Makes an error without collecting a stack: a refusal is expected, and collecting its stack would take longer than
 * deciding.
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

/** The part of resolve info that says where in the document and in the response a field is. */
type Field = Pick<GraphQLResolveInfo, 'fieldNodes' | 'path'>

/** The nodes and the path that graphql-js gives to errors of a resolver. With them no executor wraps the error. */
function placeOf({ fieldNodes, path }: Field): Place {
  return { nodes: fieldNodes, path: responsePathAsArray(path) }
}

/** Where in the document, and in the response, an error is. */
type Place = Pick<GraphQLErrorOptions, 'nodes' | 'path'>

function located(message: string, extensions: GraphQLErrorExtensions, { nodes, path }: Place): GraphQLError {
  return withoutStack(() => new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions }))
}

/** The error of a refused field. It has no stack. */
export function refusalError(place: string, refused: Refused, field: Field): GraphQLError {
  const { code } = refused
  const made = located(errors[code].message, { code }, placeOf(field))
  refusals.set(made, { place, refused })
  return made
}

function appErrorOf({ place, refused }: Refusal): AppError {
  return withoutStack(() => new AppError(refused.code, `${place}: ${refused.leaf}`, { cause: refused.cause }))
}

/** The facts of an error that clients may read. `status` is for the server alone. */
function factsOf({ code, extensions: { status: _, ...facts } }: AppError): GraphQLErrorExtensions {
  return { ...facts, code }
}

function remember(made: GraphQLError, error: AppError): GraphQLError {
  appErrors.set(made, error)
  return made
}

/** An error of a field that is not a refusal. */
export function fieldError(error: AppError, field: Field): GraphQLError {
  return responseError(error, placeOf(field))
}

/** An error of a response. An executor adds the place of a field where it is not given. It has no stack. */
export function responseError(error: AppError, place: Place = {}): GraphQLError {
  return remember(located(error.message, factsOf(error), place), error)
}

/**
 * The error of a whole request, thrown before execution. A `status` among the extensions becomes
 * `extensions.http.status`, which Apollo Server and GraphQL Yoga apply and remove from the response.
 */
export function requestError(error: AppError): GraphQLError {
  const { status } = error.extensions
  const http = typeof status === 'number' ? { http: { status } } : {}
  return remember(new GraphQLError(error.message, { extensions: { ...factsOf(error), ...http } }), error)
}

/** The error of a request that is refused by a rule. */
export function refusedRequest(place: string, refused: Refused): GraphQLError {
  const made = requestError(appErrorOf({ place, refused }))
  refusals.set(made, { place, refused })
  return made
}

/**
 * The error behind an error that policy threw, also when an executor wrapped it: `reason` and `cause` are for the log
 * only. Undefined for any other error.
 */
export function appErrorIn(error: unknown): AppError | undefined {
  if (!(error instanceof GraphQLError)) return undefined
  const known = appErrors.get(error)
  if (known) return known
  const refusal = refusals.get(error)
  if (!refusal) return appErrorIn(error.originalError)
  const made = appErrorOf(refusal)
  appErrors.set(error, made)
  return made
}

/** The decision behind the error of a refusal, for logs. Undefined for any other error. */
export function refusalIn(error: unknown): Refused | undefined {
  if (!(error instanceof GraphQLError)) return undefined
  return refusals.get(error)?.refused ?? refusalIn(error.originalError)
}
