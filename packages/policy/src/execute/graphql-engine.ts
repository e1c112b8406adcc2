/**
 * `execute` of graphql-js with plans: a query is compiled at its first request, and later requests run the plan.
 * Mutations, subscriptions, introspection and long documents are executed by graphql-js.
 */
import { type Executor, executors } from '@fieldnotes/core/executors'
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { assertOption, hasMembers, isLimit, isOneOf, optional } from '../decide/option-checks.ts'
import { coerceVariables } from './coerce-variables.ts'
import type { ObjectPlan } from './complete-object.ts'
import { documentFactsOf } from './document-facts.ts'
import { createErrors, type Errors, type Execution } from './execution.ts'
import { createPlanCache, type PlanCacheOptions, type Variables } from './plan-cache.ts'
import { measuredResponse, plannedResponse, type ResponseLimits } from './response-limits.ts'

export interface EngineOptions extends PlanCacheOptions {
  /**
   * `plans` by default. With `graphql-js` no plan is made: data and errors are the same, and an error in the plans has
   * no effect. Variables are coerced within the same bounds first.
   */
  readonly executor?: Executor
  /** UTF-16 units of all strings of one response; 6,000,000 by default. */
  readonly answerCharactersMax?: number
  /** Errors of one response to a query; 1,000 by default. An error costs much more than a value. */
  readonly answerErrorsMax?: number
}

type Result = ExecutionResult | Promise<ExecutionResult>

/** What executes an operation whose variables are valid; or the errors of its variables. */
export type Prepared = { readonly run: () => Result } | { readonly errors: readonly GraphQLError[] }

export interface Engine {
  /**
   * Executes a valid document as graphql-js's `execute` does. Errors of variables are bounded and contain no value.
   * Pass the schema of `policy.schemaFor(principal)`, and the same document object for the same text.
   */
  readonly execute: (args: ExecutionArgs) => Result
  /**
   * The first half of `execute`, which coerces the variables; `run` is the other one. A server can charge its caller
   * between the two, so that a request with an invalid variable is not charged.
   */
  readonly prepare: (args: ExecutionArgs) => Prepared
  /** The number of plans that are kept. */
  readonly size: () => number
}

function runPlan(executeRoot: ObjectPlan, execution: Execution, max: ResponseLimits): Result {
  const { errors, shared } = execution
  const resultOf = (data: unknown): ExecutionResult => plannedResponse(execution, data, max)
  const fail = (error: unknown): ExecutionResult => {
    errors.add(error as never, undefined)
    return resultOf(null)
  }
  try {
    const data = executeRoot(execution, shared.rootValue, undefined)
    return data instanceof Promise ? data.then(resultOf, fail) : resultOf(data)
  } catch (error) {
    return fail(error)
  }
}

function executionOf(
  { schema, document, rootValue, contextValue }: ExecutionArgs,
  operation: OperationDefinitionNode,
  variableValues: Variables,
  errors: Errors,
): Execution {
  const { fragments } = documentFactsOf(document)
  const shared = { schema, fragments, rootValue, operation, variableValues }
  return { shared, context: contextValue, errors, size: { characters: 0 } }
}

const isEngineOptions = hasMembers({
  executor: optional(isOneOf(executors)),
  answerCharactersMax: optional(isLimit),
  answerErrorsMax: optional(isLimit),
  plansMax: optional(isLimit),
  plannedCharactersMax: optional(isLimit),
})

/**
 * An engine with its own plans. Create it once, not for each request.
 * @throws PolicyError for a wrong option
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { createEngine } from '@fieldnotes/policy/graphql-engine'
 * import { createPolicy } from '@fieldnotes/policy/policy'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, parse } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const { schemaFor } = createPolicy(types, table)
 * const { execute } = createEngine()
 * const document = parse('{ book { title } }')
 * await execute({ schema: schemaFor(anonymous), document, contextValue: { principal: anonymous } })
 * ```
 */
export function createEngine(options: EngineOptions = {}): Engine {
  assertOption('createEngine', options, isEngineOptions)
  const { executor = 'plans', answerCharactersMax = 6_000_000, answerErrorsMax = 1000, ...bounds } = options
  const max = { characters: answerCharactersMax, errors: answerErrorsMax }
  const plans = createPlanCache(bounds)

  const executeUnplanned = (args: ExecutionArgs, { operation }: OperationDefinitionNode): Result => {
    // The errors of a mutation say which of its writes failed.
    const limits = operation === OperationTypeNode.QUERY ? max : { ...max, errors: Number.POSITIVE_INFINITY }
    const response = execute(args)
    return response instanceof Promise
      ? response.then((settled) => measuredResponse(settled, limits))
      : measuredResponse(response, limits)
  }

  const runOperation = (args: ExecutionArgs, operation: OperationDefinitionNode, coerced: Variables): Result => {
    const plan = executor === 'plans' ? plans.planOf(args, operation, coerced) : undefined
    if (!plan) return executeUnplanned(args, operation)
    return runPlan(plan, executionOf(args, operation, coerced, createErrors(max.errors)), max)
  }

  const prepare = (args: ExecutionArgs): Prepared => {
    const operation = getOperationAST(args.document, args.operationName)
    if (!operation) return { run: () => execute(args) }
    const variables = coerceVariables(args.schema, operation.variableDefinitions ?? [], args.variableValues ?? {})
    return 'errors' in variables ? variables : { run: () => runOperation(args, operation, variables.coerced) }
  }

  return {
    execute: (args) => {
      const prepared = prepare(args)
      return 'errors' in prepared ? prepared : prepared.run()
    },
    prepare,
    size: plans.size,
  }
}
