/** The state of one execution: what all resolvers share, and the errors so far. */
import {
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  locatedError,
  type ResponsePath,
  responsePathAsArray,
} from 'graphql'

/** The errors of one response. An error below a path that is already null because of another error is dropped. */
export interface Errors {
  readonly list: readonly GraphQLError[]
  /** @param path the path that is null because of the error: the same object that paths below it have as `prev` */
  readonly add: (error: GraphQLError, path: ResponsePath | undefined) => void
  /** Whether there are more errors than allowed. Then no more are made: the response is refused as a whole. */
  readonly isFull: () => boolean
}

/** @param max the largest number of errors of a response */
export function createErrors(max: number): Errors {
  const list: GraphQLError[] = []
  const nulled = new Set<ResponsePath | undefined>()
  const isNulled = (path: ResponsePath | undefined): boolean =>
    nulled.has(path) || (path !== undefined && isNulled(path.prev))
  return {
    list,
    add: (error, path) => {
      if (isNulled(path)) return
      nulled.add(path)
      list.push(error)
    },
    isFull: () => list.length > max,
  }
}

/** The size of a response so far. */
export interface ResponseSize {
  /** UTF-16 units of all strings. */
  characters: number
}

export interface Execution {
  /** The members that the resolve info of every field shares. */
  readonly shared: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'rootValue' | 'operation' | 'variableValues'>
  readonly context: unknown
  readonly errors: Errors
  readonly size: ResponseSize
}

/** One field of a selection. */
export interface PlannedField {
  /** The name in the response. */
  readonly key: string
  readonly nodes: readonly FieldNode[]
  readonly parent: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
}

/** The schema coordinate of the field: `Type.field`. */
export function coordinateOf({ parent, definition }: PlannedField): string {
  return `${parent.name}.${definition.name}`
}

/** Resolve info as graphql-js makes it. */
export function infoOf(
  { shared }: Execution,
  { nodes, parent, definition }: PlannedField,
  path: ResponsePath,
): GraphQLResolveInfo {
  return {
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType: parent,
    path,
    schema: shared.schema,
    fragments: shared.fragments,
    rootValue: shared.rootValue,
    operation: shared.operation,
    variableValues: shared.variableValues,
  }
}

/** The error with the nodes and the path of its field. */
export function locate(error: unknown, nodes: readonly FieldNode[], path: ResponsePath): GraphQLError {
  return locatedError(error, nodes, responsePathAsArray(path))
}

export function isPromise(value: unknown): value is Promise<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as PromiseLike<unknown>).then === 'function'
  )
}

/**
 * Any promise as a `Promise` of this realm; other values as they are. Completed values are then tested by `instanceof
 * Promise`, which is faster than to look for `then` in every object of a response.
 */
export function withNativePromise(value: unknown): unknown {
  return isPromise(value) ? Promise.resolve(value) : value
}
