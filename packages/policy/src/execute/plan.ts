/**
 * Plans: selections compiled into functions. A plan does what graphql-js does (GraphQL §6.3, §6.4), without looking up
 * types, fields and resolvers again for each object.
 */
import type { FieldNode, GraphQLObjectType, ResponsePath, SelectionSetNode } from 'graphql'
import { type Collecting, collectFields } from './collect-fields.ts'
import type { PlanFor } from './complete-object.ts'
import type { Execution } from './execution.ts'
import { type FieldPlan, fieldPlanOf } from './field-plan.ts'

/** One field of the response object. */
interface Step {
  readonly key: string
  readonly executeField: FieldPlan
}

type Data = Record<string, unknown>

/** A selection on one object type. */
interface Selection {
  readonly steps: readonly Step[]
  /**
   * Makes a plain object for the response. Each selection has its own function: V8 learns from the first objects of a
   * function how many properties the next ones will have, and reserves memory for them.
   */
  readonly ResponseObject: new () => Data
}

function selectionOf(steps: readonly Step[]): Selection {
  function ResponseObject() {}
  ResponseObject.prototype = Object.prototype
  return { steps, ResponseObject: ResponseObject as unknown as Selection['ResponseObject'] }
}

/** The same object, once all its promises are fulfilled. */
async function settled(data: Data): Promise<Data> {
  const keys = Object.keys(data)
  const values = await Promise.all(Object.values(data))
  keys.forEach((key, index) => {
    data[key] = values[index]
  })
  return data
}

/** Executes all fields of one object. */
function executeSelection(
  { steps, ResponseObject }: Selection,
  execution: Execution,
  source: unknown,
  path: ResponsePath | undefined,
): Data | Promise<Data> {
  const data = new ResponseObject()
  let hasPromise = false
  try {
    for (const { key, executeField } of steps) {
      const value = executeField(execution, source, path)
      data[key] = value
      if (value instanceof Promise) hasPromise = true
    }
  } catch (error) {
    // Pending fields end before the error is thrown on, and their rejections are handled.
    if (hasPromise)
      return settled(data).finally(() => {
        throw error
      })
    throw error
  }
  return hasPromise ? settled(data) : data
}

function stepsOf(sets: readonly SelectionSetNode[], type: GraphQLObjectType, collecting: Collecting): readonly Step[] {
  return [...collectFields(sets, type, collecting)].flatMap(([key, nodes]) => stepOf(key, nodes, type, collecting))
}

/** A field that the type lacks is left out, as in graphql-js: the document was not validated. */
function stepOf(
  key: string,
  nodes: readonly FieldNode[],
  parent: GraphQLObjectType,
  collecting: Collecting,
): readonly Step[] {
  const name = nodes[0]?.name.value ?? ''
  if (name === '__typename') return [{ key, executeField: () => parent.name }]
  const definition = parent.getFields()[name]
  if (!definition) return []
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  return [{ key, executeField: fieldPlanOf({ key, nodes, parent, definition }, planSelection(sets, collecting)) }]
}

/** The plans of `sets`, merged. The selection on a type is compiled when its first object is executed. */
export function planSelection(sets: readonly SelectionSetNode[], collecting: Collecting): PlanFor {
  return (type) => {
    let selection: Selection | undefined
    return (execution, source, path) => {
      selection ??= selectionOf(stepsOf(sets, type, collecting))
      return executeSelection(selection, execution, source, path)
    }
  }
}
