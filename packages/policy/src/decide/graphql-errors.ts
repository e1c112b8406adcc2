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

/** A field and the decision that refused it. */
export interface RefusedField {
  /** The schema coordinate of the field, such as `Note.title`; `__schema` for introspection. */
  readonly coordinate: string
  readonly refused: Refused
}

const appErrors = new WeakMap<GraphQLError, AppError>()
const refusals = new WeakMap<GraphQLError, RefusedField>()

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
  return code === 'NOT_FOUND' || remedy === undefined ? { code } : { code, remedy }
}

/**
 * The error of a refused field. It has no stack.
 * @param coordinate the schema coordinate of the field, such as `Note.title`
 * @internal
 */
export function refusalError(coordinate: string, refused: Refused, field: Field): GraphQLError {
  const made = located(errors[refused.code].message, refusalFacts(refused), locationOf(field))
  refusals.set(made, { coordinate, refused })
  return made
}

function appErrorOf({ coordinate, refused }: RefusedField): AppError {
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

/**
 * An error of a field that is not a refusal.
 * @internal
 */
export function fieldError(error: AppError, field: Field): GraphQLError {
  return responseError(error, locationOf(field))
}

/**
 * An error of a response. An executor adds nodes and path where they are not given. It has no stack.
 * @internal
 */
export function responseError(error: AppError, location: ErrorLocation = {}): GraphQLError {
  return remember(located(error.message, publicExtensions(error), location), error)
}

/**
 * The HTTP status of a request that is refused as a whole: that of its code, unless the error has a more exact one.
 * @internal
 */
export function statusOf({ code, extensions: { status } }: AppError): number {
  return typeof status === 'number' ? status : errors[code].status
}

/**
 * The HTTP status of an error of `requestError`; undefined for any other error.
 * @internal
 */
export function statusIn({ extensions: { http } }: GraphQLError): number | undefined {
  return (http as { readonly status?: number } | undefined)?.status
}

/**
 * The error of a whole request, thrown before execution. Each server finds the HTTP status where it looks for it:
 * Apollo Server and GraphQL Yoga in `extensions.http.status`, Mercurius in `originalError.statusCode`. `toJSON` leaves
 * it out, for servers that serialise the error as it is.
 * @internal
 */
export function requestError(error: AppError): GraphQLError {
  const status = statusOf(error)
  const publicError = remember(new GraphQLError(error.message, { extensions: publicExtensions(error) }), error)
  const made = new GraphQLError(error.message, {
    // Without `spec: false`, Yoga would answer 200 to a client that accepts `application/json`.
    extensions: { ...publicExtensions(error), http: { status, spec: false } },
    originalError: Object.assign(publicError, { statusCode: status }),
  })
  Object.defineProperty(made, 'toJSON', { value: () => publicError.toJSON() })
  return remember(made, error)
}

/**
 * The error of a request that is refused by a rule.
 * @internal
 */
export function refusedRequest(coordinate: string, refused: Refused): GraphQLError {
  const made = requestError(appErrorOf({ coordinate, refused }))
  for (const each of [made, made.originalError]) refusals.set(each as GraphQLError, { coordinate, refused })
  return made
}

/**
 * The error behind an error that policy threw, also when an executor wrapped it: `reason` and `cause` are for the log
 * only. Undefined for any other error.
 * @example
 * ```ts
 * import { appErrorIn } from '@fieldnotes/policy/graphql-errors'
 *
 * function logError(error: unknown): void {
 *   const { code = 'INTERNAL', reason, cause } = appErrorIn(error) ?? {}
 *   console.error(code, reason, cause)
 * }
 * ```
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

/**
 * The decision behind the error of a refusal, for logs. Undefined for any other error.
 * @example
 * ```ts
 * import { refusalIn } from '@fieldnotes/policy/graphql-errors'
 * import type { GraphQLError } from 'graphql'
 *
 * function logRefusals(errors: readonly GraphQLError[]): void {
 *   for (const error of errors) console.log(error.path, refusalIn(error)?.leaf)
 * }
 * ```
 */
export function refusalIn(error: unknown): Refused | undefined {
  return refusedFieldIn(error)?.refused
}

/**
 * The field and the decision behind the error of a refusal, for counters. Coordinates and names of rules are of the
 * schema and the table, so that their number is bounded. Undefined for any other error.
 * @example
 * ```ts
 * import { refusedFieldIn } from '@fieldnotes/policy/graphql-errors'
 *
 * const counts = new Map<string, number>()
 *
 * function countRefusal(error: unknown): void {
 *   const found = refusedFieldIn(error)
 *   if (!found) return
 *   const key = `${found.coordinate} ${found.refused.code} ${found.refused.leaf}`
 *   counts.set(key, (counts.get(key) ?? 0) + 1)
 * }
 * ```
 */
export function refusedFieldIn(error: unknown): RefusedField | undefined {
  if (!(error instanceof GraphQLError)) return undefined
  return refusals.get(error) ?? refusedFieldIn(error.originalError)
}
