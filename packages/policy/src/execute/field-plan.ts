/** Executes one field: through its resolver, or by reading a property where no resolver could do anything else. */
import { defaultFieldResolver, type GraphQLFieldResolver, getArgumentValues, type ResponsePath } from 'graphql'
import { type PropertyGuard, propertyGuardOf } from '../decide/property-guards.ts'
import type { RuleContext } from '../rule/leaf.ts'
import type { PlanFor } from './complete-object.ts'
import { type Completion, completeValue, completionOf } from './complete-value.ts'
import { type Execution, infoOf, type PlannedField } from './execution.ts'

/**
 * Returns the completed value of one field of `source`, or a promise of it. Throws when a non-null field failed.
 * @param objectPath the path of `source`
 */
export type FieldPlan = (execution: Execution, source: unknown, objectPath: ResponsePath | undefined) => unknown

type Resolver = GraphQLFieldResolver<unknown, unknown>

function pathOf({ key, parent }: PlannedField, prev: ResponsePath | undefined): ResponsePath {
  return { prev, key, typename: parent.name }
}

function argumentsOf({ definition, nodes: [node] }: PlannedField, { shared }: Execution): Record<string, unknown> {
  return node && definition.args.length > 0 ? getArgumentValues(definition, node, shared.variableValues) : {}
}

function resolverPlan(field: PlannedField, resolve: Resolver, completion: Completion): FieldPlan {
  return (execution, source, objectPath) => {
    const path = pathOf(field, objectPath)
    let value: unknown
    try {
      value = resolve(source, argumentsOf(field, execution), execution.context, infoOf(execution, field, path))
    } catch (error) {
      return completion.fail(execution, error, path)
    }
    return completeValue(completion, execution, value, path)
  }
}

/** Calls a function in a property as graphql-js does. */
function methodResolver(method: CallableFunction): Resolver {
  return (source, args, context, info) => Reflect.apply(method, source, [args, context, info])
}

const noArguments = Object.freeze({})

/** Returned in place of a property that only the resolver may read. */
const needsResolver = Symbol()

/**
 * Only `true` opens a property. In every other case the guarded resolver evaluates the rule again, refuses and says
 * why.
 */
function isOpen(
  { test }: PropertyGuard,
  { context }: Execution,
  source: object,
  objectPath: ResponsePath | undefined,
): boolean {
  try {
    return test(source, noArguments, context as RuleContext, objectPath)
  } catch {
    return false
  }
}

/** Returns a property as it is, or `needsResolver`. Throws what a getter throws. */
type PropertyReader = (execution: Execution, source: unknown, objectPath: ResponsePath | undefined) => unknown

function propertyReader(name: string, guard: PropertyGuard | undefined): PropertyReader {
  return (execution, source, objectPath) => {
    if (typeof source !== 'object' || source === null) return needsResolver
    if (guard && !isOpen(guard, execution, source, objectPath)) return needsResolver
    return (source as Record<string, unknown>)[name]
  }
}

/** Most fields are strings in a property: they need no path and no completion. */
function propertyExecutor(
  field: PlannedField,
  read: PropertyReader,
  completion: Completion,
  byResolver: FieldPlan,
): FieldPlan {
  const { unchanged } = completion
  const isString = unchanged === 'string'
  return (execution, source, objectPath) => {
    let value: unknown
    try {
      value = read(execution, source, objectPath)
    } catch (error) {
      return completion.fail(execution, error, pathOf(field, objectPath))
    }
    if (typeof value === unchanged) {
      if (isString) execution.size.characters += (value as string).length
      return value
    }
    if (value === needsResolver) return byResolver(execution, source, objectPath)
    if (typeof value === 'function')
      return resolverPlan(field, methodResolver(value), completion)(execution, source, objectPath)
    return completeValue(completion, execution, value, pathOf(field, objectPath))
  }
}

/** The plan of a field. A field with arguments always calls its resolver, since the arguments may be invalid. */
export function fieldPlanOf(field: PlannedField, planFor: PlanFor): FieldPlan {
  const { resolve = defaultFieldResolver, args, name, type } = field.definition
  const completion = completionOf(type, field, planFor)
  const guard = propertyGuardOf(resolve)
  const byResolver = resolverPlan(field, resolve, completion)
  const isProperty = args.length === 0 && (guard !== undefined || resolve === defaultFieldResolver)
  return isProperty ? propertyExecutor(field, propertyReader(name, guard), completion, byResolver) : byResolver
}
