/** Values of object types, interfaces and unions: their runtime type, and the execution of the selection below. */
import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLObjectType,
  isAbstractType,
  isObjectType,
  type ResponsePath,
} from 'graphql'
import { type Execution, infoOf, isPromise, type PlannedField, withNativePromise } from './execution.ts'

/** Executes a selection on one object. The root of an operation has no path. */
export type ObjectPlan = (execution: Execution, source: unknown, path: ResponsePath | undefined) => unknown

/** The plan of a selection for objects of this type. */
export type PlanFor = (type: GraphQLObjectType) => ObjectPlan

type CompleteObject = (execution: Execution, value: unknown, path: ResponsePath) => unknown

/** The path of the field, which its resolver was called with: without the indexes of lists. */
function fieldPath(path: ResponsePath): ResponsePath {
  return typeof path.key === 'number' && path.prev ? fieldPath(path.prev) : path
}

function whenKnown(result: unknown, next: (result: unknown) => unknown): unknown {
  return isPromise(result) ? withNativePromise(result.then(next)) : next(result)
}

function completeTypeOf(type: GraphQLObjectType, field: PlannedField, planFor: PlanFor): CompleteObject {
  const { isTypeOf } = type
  const execute = planFor(type)
  if (!isTypeOf) return execute
  return (execution, value, path) =>
    whenKnown(isTypeOf(value, execution.context, infoOf(execution, field, fieldPath(path))), (is) => {
      if (is) return execute(execution, value, path)
      throw new GraphQLError(`Expected value of type "${type.name}" but got another.`, { nodes: field.nodes })
    })
}

/** @throws GraphQLError when `name` is not an object type of the interface or union */
function runtimeType(name: unknown, type: GraphQLAbstractType, { schema }: Execution['shared']): GraphQLObjectType {
  const found = typeof name === 'string' ? schema.getType(name) : undefined
  if (isObjectType(found) && schema.isSubType(type, found)) return found
  throw new GraphQLError(`Abstract type "${type.name}" must resolve to one of its object types at runtime.`)
}

function completeAbstractOf(type: GraphQLAbstractType, field: PlannedField, planFor: PlanFor): CompleteObject {
  const resolveType = type.resolveType ?? defaultTypeResolver
  const completes = new Map<GraphQLObjectType, CompleteObject>()
  const completeAs = (found: GraphQLObjectType): CompleteObject => {
    const known = completes.get(found) ?? completeTypeOf(found, field, planFor)
    completes.set(found, known)
    return known
  }
  return (execution, value, path) =>
    whenKnown(resolveType(value, execution.context, infoOf(execution, field, fieldPath(path)), type), (name) =>
      completeAs(runtimeType(name, type, execution.shared))(execution, value, path),
    )
}

/** Completes values of an object type, interface or union. */
export function completeObjectOf(type: GraphQLCompositeType, field: PlannedField, planFor: PlanFor): CompleteObject {
  return isAbstractType(type) ? completeAbstractOf(type, field, planFor) : completeTypeOf(type, field, planFor)
}
