/** The plans of operations: compiled at the first request, and kept within bounds. */
import {
  assertValidSchema,
  type ExecutionArgs,
  type GraphQLObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { createLru } from '../limits/lru.ts'
import type { ObjectPlan } from './complete-object.ts'
import { conditionVariablesOf } from './condition-variables.ts'
import { charactersOf, documentFactsOf } from './document-facts.ts'
import { planSelection } from './plan.ts'
import { createFieldCounter } from './plan-size.ts'

export interface PlanCacheOptions {
  /** The largest number of plans; 1,000 by default. */
  readonly plansMax?: number
  /**
   * The largest weight of all plans together, in characters; 500,000 by default, which is some 50 MB. A plan weighs the
   * characters of its document, and 15 for each field with all fragments expanded. A heavier plan runs once and is not
   * kept.
   */
  readonly plannedCharactersMax?: number
}

/** Variables after coercion. */
export type Variables = Readonly<Record<string, unknown>>

export interface PlanCache {
  /** The plan of an operation for these variables; undefined when graphql-js must execute the operation. */
  readonly planOf: (
    args: ExecutionArgs,
    operation: OperationDefinitionNode,
    variables: Variables,
  ) => ObjectPlan | undefined
  /** The number of plans. */
  readonly size: () => number
}

/** Numbers objects by identity, from 1 on. */
function createNumbers(): (value: object) => number {
  const numbers = new WeakMap<object, number>()
  let last = 0
  return (value) => {
    const known = numbers.get(value)
    if (known !== undefined) return known
    last += 1
    numbers.set(value, last)
    return last
  }
}

function isPlannable(args: ExecutionArgs, { operation }: OperationDefinitionNode): boolean {
  const { isPlannable: isPlannableDocument } = documentFactsOf(args.document)
  return isPlannableDocument && !args.fieldResolver && !args.typeResolver && operation === OperationTypeNode.QUERY
}

/**
 * The values of conditions as one digit each, since the key of a plan must not contain text that a caller chooses.
 * Undefined when a condition has no value: graphql-js then reports the error at its path in the response.
 */
function digitsOf(conditions: readonly string[], variables: Variables): string | undefined {
  let digits = ''
  for (const name of conditions) {
    const value = variables[name]
    if (typeof value !== 'boolean') return undefined
    digits += value ? '1' : '0'
  }
  return digits
}

/** The values of the conditions alone: a plan that held all variables would keep what one caller sent. */
function conditionValues(conditions: readonly string[], digits: string): Variables {
  return Object.fromEntries(conditions.map((name, index) => [name, digits[index] === '1']))
}

/** About the memory of a planned field, in relation to that of a character of a parsed document. */
const charactersPerField = 15

interface Plan {
  readonly execute: ObjectPlan
  /** In characters. */
  readonly weight: number
}

function compilePlan(
  { schema, document }: ExecutionArgs,
  { selectionSet }: OperationDefinitionNode,
  conditions: Variables,
): Plan {
  assertValidSchema(schema)
  const { fragments } = documentFactsOf(document)
  const root = schema.getQueryType() as GraphQLObjectType
  const execute = planSelection([selectionSet], { schema, fragments, conditions })(root)
  const fields = createFieldCounter(schema, fragments)(selectionSet, root)
  return { execute, weight: charactersOf(document) + charactersPerField * fields }
}

/** A cache of plans by schema, document, operation and the values of its conditions. */
export function createPlanCache({ plansMax = 1000, plannedCharactersMax = 500_000 }: PlanCacheOptions): PlanCache {
  const plans = createLru<string, Plan>(plansMax, {
    weightOf: ({ weight }) => weight,
    weightMax: plannedCharactersMax,
  })
  const numberOf = createNumbers()
  return {
    planOf: (args, operation, variables) => {
      if (!isPlannable(args, operation)) return undefined
      const { schema, document } = args
      const conditions = conditionVariablesOf(operation, documentFactsOf(document).fragments)
      const digits = digitsOf(conditions, variables)
      if (digits === undefined) return undefined
      const key = `${numberOf(schema)} ${numberOf(document)} ${numberOf(operation.selectionSet)} ${digits}`
      return plans.get(key, () => compilePlan(args, operation, conditionValues(conditions, digits))).execute
    },
    size: plans.size,
  }
}
