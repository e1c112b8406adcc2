/** One execution of one operation: what its resolvers are told, and the errors it has met. */
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

export type Path = ResponsePath

/** The errors of one answer. None is reported below a place that an error has emptied already. */
export interface Errors {
  readonly list: readonly GraphQLError[]
  /** `path` is the place that is null because of it: the same object that the paths below it name as `prev`. */
  readonly add: (error: GraphQLError, path: Path | undefined) => void
  /** True when no more errors are kept. From then on none needs to be made: the answer is refused as a whole. */
  readonly isFull: () => boolean
}

/** @param max how many errors are kept */
export function createErrors(max = Number.POSITIVE_INFINITY): Errors {
  const list: GraphQLError[] = []
  const emptied = new Set<Path | undefined>()
  const isGone = (path: Path | undefined): boolean => emptied.has(path) || (path !== undefined && isGone(path.prev))
  return {
    list,
    add: (error, path) => {
      if (isGone(path)) return
      emptied.add(path)
      list.push(error)
    },
    isFull: () => list.length > max,
  }
}

/** How large an answer has become. */
export interface Size {
  /** UTF-16 units of all texts so far. */
  characters: number
}

export interface Run {
  /** What is the same in the info of every resolver. */
  readonly shared: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'rootValue' | 'operation' | 'variableValues'>
  readonly context: unknown
  readonly errors: Errors
  readonly size: Size
}

/** One field of an answer, wherever it stands. */
export interface Field {
  readonly key: string
  readonly nodes: readonly FieldNode[]
  readonly parent: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
}

/** `Type.field`. */
export function nameOf({ parent, definition }: Field): string {
  return `${parent.name}.${definition.name}`
}

/** Resolve info, as graphql-js makes it. */
export function infoOf({ shared }: Run, { nodes, parent, definition }: Field, path: Path): GraphQLResolveInfo {
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

/** The error as the answer tells it. */
export function locate(error: unknown, nodes: readonly FieldNode[], path: Path): GraphQLError {
  return locatedError(error, nodes, responsePathAsArray(path))
}

export function isPromise(value: unknown): value is Promise<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as PromiseLike<unknown>).then === 'function'
  )
}

/**
 * Somebody else's promise as one of our own. What has been completed is then asked `instanceof Promise` alone: to look for
 * `then` in every object of an answer takes longer.
 */
export function native(value: unknown): unknown {
  return isPromise(value) ? Promise.resolve(value) : value
}
