/** The value of a field as the response contains it (GraphQL §6.4.3 CompleteValue). */
import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLNullableType,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  type ResponsePath,
} from 'graphql'
import { completeObjectOf, type PlanFor } from './complete-object.ts'
import { coordinateOf, type Execution, isPromise, locate, type PlannedField, withNativePromise } from './execution.ts'

/** Completes a value that is neither null nor an error. Returns the completed value or a promise of it. */
type Complete = (execution: Execution, value: unknown, path: ResponsePath) => unknown

/** How the values of one type are completed: the type of a field, or of the items of its list. */
export interface Completion {
  readonly complete: Complete
  /** Completes null. Throws for a non-null type. */
  readonly completeNull: () => null
  /** Records an error and returns null; throws the error for a non-null type, so that the parent becomes null. */
  readonly fail: (execution: Execution, error: unknown, path: ResponsePath) => null
  /** The `typeof` of values that need no completion; undefined when all need it. */
  readonly unchanged: string | undefined
}

/** Scalars whose `serialize` returns values of this `typeof` as they are. */
const unchangedTypes = new Map<GraphQLOutputType, string>([
  [GraphQLString, 'string'],
  [GraphQLID, 'string'],
  [GraphQLBoolean, 'boolean'],
])

function completeLeafOf(type: GraphQLLeafType): Complete {
  return ({ size }, value) => {
    const serialized: unknown = type.serialize(value)
    if (typeof serialized === 'string') size.characters += serialized.length
    if (serialized !== null && serialized !== undefined) return withNativePromise(serialized)
    throw new Error(`Expected \`${type.name}.serialize\` to return a value, returned: ${serialized}`)
  }
}

function completeKnown(
  { complete, completeNull }: Completion,
  execution: Execution,
  value: unknown,
  path: ResponsePath,
): unknown {
  if (value === null || value === undefined) return completeNull()
  if (value instanceof Error) throw value
  return complete(execution, value, path)
}

/** Calls `then` of the promise itself, so that everything happens at the same time as in graphql-js. */
function completePromise(
  completion: Completion,
  execution: Execution,
  value: Promise<unknown>,
  path: ResponsePath,
): unknown {
  const completed: unknown = value.then((found) => completeKnown(completion, execution, found, path))
  return isPromise(completed) ? withNativePromise(catchIn(completion, execution, completed, path)) : completed
}

function catchIn(
  { fail }: Completion,
  execution: Execution,
  completed: Promise<unknown>,
  path: ResponsePath,
): Promise<unknown> {
  return completed.then(undefined, (error) => fail(execution, error, path))
}

/**
 * Completes a value, a promise, null or an error at `path`. Throws when a non-null type failed. It creates no function:
 * V8 would allocate a context for the parameters in each call, also when the value is no promise.
 */
export function completeValue(
  completion: Completion,
  execution: Execution,
  value: unknown,
  path: ResponsePath,
): unknown {
  try {
    if (isPromise(value)) return completePromise(completion, execution, value, path)
    const completed = completeKnown(completion, execution, value, path)
    return completed instanceof Promise ? catchIn(completion, execution, completed, path) : completed
  } catch (error) {
    return completion.fail(execution, error, path)
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function'
}

/** Handles the rejections of items that are no longer awaited: an unhandled rejection would end the process. */
function handleRejections(items: readonly unknown[]): void {
  for (const item of items) if (item instanceof Promise) item.then(undefined, () => {})
}

/** Adds the length of an item that needs no completion to the size of the response. */
function counted({ size }: Execution, item: unknown): unknown {
  if (typeof item === 'string') size.characters += item.length
  return item
}

function completeListOf(field: PlannedField, item: Completion): Complete {
  const completeItem = (execution: Execution, value: unknown, prev: ResponsePath, key: number): unknown =>
    typeof value === item.unchanged
      ? counted(execution, value)
      : completeValue(item, execution, value, { prev, key, typename: undefined })
  const completeAll = (execution: Execution, values: Iterable<unknown>, path: ResponsePath): unknown => {
    const items: unknown[] = []
    let hasPromise = false
    try {
      for (const value of values) {
        const completed = completeItem(execution, value, path, items.length)
        if (completed instanceof Promise) hasPromise = true
        items.push(completed)
      }
    } catch (error) {
      handleRejections(items)
      throw error
    }
    return hasPromise ? Promise.all(items) : items
  }
  return (execution, value, path) => {
    if (isIterable(value)) return completeAll(execution, value, path)
    throw new GraphQLError(`Expected Iterable, but did not find one for field "${coordinateOf(field)}".`)
  }
}

function completeOf(type: GraphQLNullableType & GraphQLOutputType, field: PlannedField, planFor: PlanFor) {
  if (isListType(type)) return completeListOf(field, completionOf(type.ofType, field, planFor))
  return isLeafType(type) ? completeLeafOf(type) : completeObjectOf(type, field, planFor)
}

/** @param planFor executes the field's selection on the objects below it */
export function completionOf(type: GraphQLOutputType, field: PlannedField, planFor: PlanFor): Completion {
  return {
    complete: completeOf(getNullableType(type), field, planFor),
    completeNull: () => {
      if (isNonNullType(type)) throw new Error(`Cannot return null for non-nullable field ${coordinateOf(field)}.`)
      return null
    },
    fail: (execution, error, path) => {
      if (execution.errors.isFull() && !isNonNullType(type)) return null
      const located = locate(error, field.nodes, path)
      if (isNonNullType(type)) throw located
      execution.errors.add(located, path)
      return null
    },
    unchanged: unchangedTypes.get(getNullableType(type)),
  }
}
