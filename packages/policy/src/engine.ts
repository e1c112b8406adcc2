/** `execute` with a memory: queries are planned when first asked, and run by their plan; everything else is graphql-js. */
import {
  assertValidSchema,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import type { Execute } from './composite.ts'
import { type Facts, factsOf } from './facts.ts'
import { createLru } from './lru.ts'
import { descending } from './plan.ts'
import { createErrors, type Run } from './run.ts'

export interface EngineOptions {
  /** How many plans are kept; 256 unless told. */
  readonly plansMax?: number
}

export interface Engine {
  /** As graphql-js's own, with the same answers, for valid documents. */
  readonly execute: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>
  /** How many plans are kept. */
  readonly size: () => number
}

type Variables = Readonly<Record<string, unknown>>

/** A number for each object, by identity. */
const createNumbers = (): ((value: object) => number) => {
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

/** The query that a plan can be made of; all else is graphql-js's. */
const queryOf = (args: ExecutionArgs, { isPlain }: Facts): OperationDefinitionNode | undefined => {
  if (!isPlain || args.fieldResolver || args.typeResolver) return undefined
  const operation = getOperationAST(args.document, args.operationName)
  return operation?.operation === OperationTypeNode.QUERY ? operation : undefined
}

/** As graphql-js, which tells of errors in variables for itself. */
const coerced = ({ schema, variableValues }: ExecutionArgs, { variableDefinitions = [] }: OperationDefinitionNode) =>
  getVariableValues(schema, variableDefinitions, variableValues ?? {}).coerced

const runPlan = (plan: Execute, run: Run): ExecutionResult | Promise<ExecutionResult> => {
  const { errors, shared } = run
  const answer = (data: unknown): ExecutionResult => {
    const found = data as ExecutionResult['data'] & {}
    return errors.list.length === 0 ? { data: found } : { errors: errors.list, data: found }
  }
  const fail = (error: unknown): ExecutionResult => {
    errors.add(error as never, undefined)
    return answer(null)
  }
  try {
    const data = plan(run, shared.rootValue, undefined)
    return data instanceof Promise ? data.then(answer, fail) : answer(data)
  } catch (error) {
    return fail(error)
  }
}

/** An engine. Give it the schema of `policy.schemaFor(principal)` and one document object per text. */
export const createEngine = ({ plansMax = 256 }: EngineOptions = {}): Engine => {
  const plans = createLru<string, Execute>(plansMax)
  const numberOf = createNumbers()

  const planOf = ({ schema, document }: ExecutionArgs, { selectionSet }: OperationDefinitionNode, flags: Variables) => {
    const key = `${numberOf(schema)} ${numberOf(document)} ${numberOf(selectionSet)} ${Object.values(flags)}`
    return plans.get(key, () => {
      assertValidSchema(schema)
      const { fragments } = factsOf(document)
      const root = schema.getQueryType() as GraphQLObjectType
      return descending([selectionSet], { schema, fragments, flags })(root)
    })
  }
  return {
    execute: (args) => {
      const facts = factsOf(args.document)
      const operation = queryOf(args, facts)
      const variableValues = operation && coerced(args, operation)
      if (!operation || !variableValues) return execute(args)
      const flags = Object.fromEntries(facts.flags.map((name) => [name, variableValues[name]]))
      // A condition that is null is an error, which graphql-js tells where and when it comes upon it.
      if (Object.values(flags).includes(null)) return execute(args)
      const { schema, rootValue, contextValue } = args
      const shared = { schema, fragments: facts.fragments, rootValue, operation, variableValues }
      return runPlan(planOf(args, operation, flags), { shared, context: contextValue, errors: createErrors() })
    },
    size: () => plans.size(),
  }
}
