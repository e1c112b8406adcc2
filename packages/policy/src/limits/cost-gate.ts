/** The limit on the cost of an operation. A cost that no variable can change is counted once. */
import { type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from 'graphql'
import {
  assertOption,
  hasMembers,
  isLimit,
  isRecordOf,
  isTextList,
  type OptionCheck,
  optional,
} from '../decide/option-checks.ts'
import { type CostLimits, measureCost, type Operation, rootOf } from './cost.ts'
import { refuseLarger } from './document-limits.ts'

/** The cost of a valid operation whose document is within the limits; 0 when the document lacks the operation. */
export type CostOf = (operation: Operation) => number

/** The check of `CostLimits`. */
export const isCostLimits: OptionCheck = hasMembers({
  costMax: isLimit,
  listSize: optional(isLimit),
  listSizes: optional(isRecordOf(isLimit)),
  pageSizeMax: optional(isLimit),
  sizeArguments: optional(isTextList),
})

/**
 * Counts costs. A cost that no variable can change is kept as long as its document.
 * @throws PolicyError for wrong limits
 */
export function createCostOf(limits: CostLimits): CostOf {
  assertOption('cost', limits, isCostLimits)
  const remembered = new WeakMap<OperationDefinitionNode, { readonly schema: GraphQLSchema; readonly cost: number }>()
  return (operation) => {
    const found = getOperationAST(operation.document, operation.operationName)
    const root = found && rootOf(operation.schema, found)
    if (!found || !root) return 0
    const known = remembered.get(found)
    if (known?.schema === operation.schema) return known.cost
    let isFixed = true
    const cost = measureCost({ operation, found, root }, limits, () => {
      isFixed = false
    })
    if (isFixed) remembered.set(found, { schema: operation.schema, cost })
    return cost
  }
}

/**
 * Refuses a valid operation whose cost, with its variables, is above the limit.
 * @throws GraphQLError LIMIT_EXCEEDED
 */
export function createCostGate(limits: CostLimits): (operation: Operation) => void {
  const costWithin = createCostWithin(limits)
  return (operation) => void costWithin(operation)
}

/**
 * Returns the cost of a valid operation with its variables, and refuses one that is above the limit.
 * @throws GraphQLError LIMIT_EXCEEDED
 */
export function createCostWithin(limits: CostLimits): CostOf {
  const costOf = createCostOf(limits)
  return (operation) => {
    const cost = costOf(operation)
    if (cost > limits.costMax) refuseLarger('cost', limits.costMax, cost)
    return cost
  }
}
