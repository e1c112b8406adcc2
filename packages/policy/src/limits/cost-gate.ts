/** What an operation may cost at most. Costs that no variable can change are counted once. */
import { type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from 'graphql'
import { type CostLimits, measureCost, type Operation, rootOf } from './cost.ts'
import { limitExceeded } from './limits.ts'

/** The cost of a valid operation whose document is within the limits; 0 when the document has no such operation. */
export type CostOf = (operation: Operation) => number

/** Counts costs, and remembers those that no variable can change as long as their document lives. */
export function createCostOf(limits: CostLimits): CostOf {
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
 * Refuses a valid operation that would cost too much with its variables.
 * @throws LIMIT_EXCEEDED
 */
export function createCostGate(limits: CostLimits): (operation: Operation) => void {
  const costOf = createCostOf(limits)
  return (operation) => {
    const cost = costOf(operation)
    if (cost > limits.costMax) throw limitExceeded('cost', limits.costMax, cost)
  }
}
