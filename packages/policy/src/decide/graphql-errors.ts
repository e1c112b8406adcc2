/**
 * The errors that policy throws: each is a `GraphQLError` whose `extensions.code` reaches the client through any
 * server. What only the log may contain is kept beside the error, so that no server can serialise it.
 */
import { AppError, errors, publicExtensions } from '@fieldnotes/core/error'
import {
  GraphQLError,
  type GraphQLErrorExtensions,
  type GraphQLErrorOptions,
  type GraphQLResolveInfo,
  responsePathAsArray,
} from 'graphql'
import type { Refused } from './decision.ts'

/** A refusal of one field. */
interface Refusal {
  /** The schema coordinate of the field, such as `Note.title`. */
  readonly coordinate: string
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
function locationOf({ fieldNodes, path }: Field): ErrorLocation {
  return { nodes: fieldNodes, path: responsePathAsArray(path) }
}

/** The nodes of the document and the path in the response that an error has. */
type ErrorLocation = Pick<GraphQLErrorOptions, 'nodes' | 'path'>

function located(message: string, extensions: GraphQLErrorExtensions, { nodes, path }: ErrorLocation): GraphQLError {
  return withoutStack(() => new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions }))
}

/** What clients read of a refusal. The type forbids a remedy for NOT_FOUND; this holds for untyped callers too. */
function refusalFacts({ code, remedy }: Refused): GraphQLErrorExtensions {
  return code === 'NOT_FOUND' || remedy === undefined ? { code } : { remedy, code }
}

/**
 * The error of a refused field. It has no stack.
 * @param coordinate the schema coordinate of the field, such as `Note.title`
 */
export function refusalError(coordinate: string, refused: Refused, field: Field): GraphQLError {
  const made = located(errors[refused.code].message, refusalFacts(refused), locationOf(field))
  refusals.set(made, { coordinate, refused })
  return made
}

function appErrorOf({ coordinate, refused }: Refusal): AppError {
  const reason = `${coordinate}: ${refused.leaf}`
  return withoutStack(() => appErrorFor(refused, reason))
}

/** The constructor accepts a remedy only where the type of the code allows one. */
function appErrorFor(refused: Refused, reason: string): AppError {
  if (refused.code === 'NOT_FOUND') return new AppError(refused.code, reason, { cause: refused.cause })
  return new AppError(refused.code, reason, { cause: refused.cause, remedy: refused.remedy })
}

function remember(made: GraphQLError, error: AppError): GraphQLError {
  appErrors.set(made, error)
  return made
}

/** An error of a field that is not a refusal. */
export function fieldError(error: AppError, field: Field): GraphQLError {
  return responseError(error, locationOf(field))
}

/** An error of a response. An executor adds nodes and path where they are not given. It has no stack. */
export function responseError(error: AppError, location: ErrorLocation = {}): GraphQLError {
  return remember(located(error.message, publicExtensions(error), location), error)
}

/**
 * The error of a whole request, thrown before execution. A `status` among the extensions becomes
 * `extensions.http.status`, which Apollo Server and GraphQL Yoga apply and remove from the response.
 */
export function requestError(error: AppError): GraphQLError {
  const { status } = error.extensions
  const http = typeof status === 'number' ? { http: { status } } : {}
  return remember(new GraphQLError(error.message, { extensions: { ...publicExtensions(error), ...http } }), error)
}

/** The error of a request that is refused by a rule. */
export function refusedRequest(coordinate: string, refused: Refused): GraphQLError {
  const made = requestError(appErrorOf({ coordinate, refused }))
  refusals.set(made, { coordinate, refused })
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
