/** `execute` with a memory: queries are planned when first asked, and run by their plan; everything else is graphql-js. */
import {
  assertValidSchema,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { coerceVariables } from './coerce-variables.ts'
import type { Execute } from './composite.ts'
import { charactersOf, type Facts, factsOf } from './facts.ts'
import { flagsOf } from './flags.ts'
import { limitError } from './limits.ts'
import { createLru } from './lru.ts'
import { descending } from './plan.ts'
import { createErrors, type Run } from './run.ts'

export interface EngineOptions {
  /** How many plans are kept; 1,000 unless told. */
  readonly plansMax?: number
  /** Characters of all documents whose plans are kept, each counted once for each of its plans; 250,000 unless told. */
  readonly plannedCharactersMax?: number
  /** UTF-16 units of all texts of one answer; 6,000,000 unless told. One text may be selected under many names. */
  readonly answerCharactersMax?: number
  /** Errors of one answer to a query; 1,000 unless told. Each costs much more than a value. */
  readonly answerErrorsMax?: number
}

export interface Engine {
  /** As graphql-js's own, with the same answers, for valid documents. Errors of variables are bounded and quote no value. */
  readonly execute: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>
  /** How many plans are kept. */
  readonly size: () => number
}

type Variables = Readonly<Record<string, unknown>>

/** A number for each object, by identity. */
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

function isPlanned(args: ExecutionArgs, { operation }: OperationDefinitionNode, { isPlain }: Facts): boolean {
  return isPlain && !args.fieldResolver && !args.typeResolver && operation === OperationTypeNode.QUERY
}

/**
 * One character for each condition, since a key of plans must hold nothing that a caller can choose freely. Undefined where a
 * condition has no value: graphql-js reports that error at its place and time.
 */
function bitsOf(flags: readonly string[], variables: Variables): string | undefined {
  let bits = ''
  for (const name of flags) {
    const value = variables[name]
    if (typeof value !== 'boolean') return undefined
    bits += value ? '1' : '0'
  }
  return bits
}

interface AnswerLimits {
  readonly characters: number
  readonly errors: number
}

/** Whether the texts of a value have more UTF-16 units than `max` in all. */
function isLonger(value: unknown, max: number): boolean {
  const open = [value]
  let characters = 0
  while (open.length > 0 && characters <= max) {
    const next = open.pop()
    if (typeof next === 'string') characters += next.length
    else if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) open.push(inner)
  }
  return characters > max
}

/** An answer of graphql-js, which counts nothing while it makes it. */
function measured(
  result: ExecutionResult | Promise<ExecutionResult>,
  max: AnswerLimits,
): ExecutionResult | Promise<ExecutionResult> {
  if (result instanceof Promise) return result.then((answer) => measured(answer, max))
  const isTooLong = isLonger(result.data, max.characters)
  return isTooLong ? { errors: [limitError('characters of the answer', max.characters)] } : result
}

/** The answer, or the limit that it exceeds in its place. */
function answerOf({ errors, size }: Run, data: unknown, max: AnswerLimits): ExecutionResult {
  if (size.characters > max.characters) return { errors: [limitError('characters of the answer', max.characters)] }
  if (errors.isFull()) return { errors: [limitError('errors of the answer', max.errors)] }
  const found = data as ExecutionResult['data'] & {}
  return errors.list.length === 0 ? { data: found } : { errors: errors.list, data: found }
}

function runPlan(plan: Execute, run: Run, max: AnswerLimits): ExecutionResult | Promise<ExecutionResult> {
  const answer = (data: unknown): ExecutionResult => answerOf(run, data, max)
  const fail = (error: unknown): ExecutionResult => {
    run.errors.add(error as never, undefined)
    return answer(null)
  }
  try {
    const data = plan(run, run.shared.rootValue, undefined)
    return data instanceof Promise ? data.then(answer, fail) : answer(data)
  } catch (error) {
    return fail(error)
  }
}

interface Plan {
  readonly run: Execute
  readonly characters: number
}

/** What of an operation a plan is made of, besides its schema and document. */
interface Planning {
  readonly selectionSet: OperationDefinitionNode['selectionSet']
  readonly flags: readonly string[]
  readonly bits: string
}

/** The values of the flags alone: a plan that held all variables would keep what one caller sent. */
function valuesOf({ flags, bits }: Planning): Variables {
  return Object.fromEntries(flags.map((name, index) => [name, bits[index] === '1']))
}

/** An engine. Give it the schema of `policy.schemaFor(principal)` and one document object per text. */
export function createEngine({
  plansMax = 1000,
  plannedCharactersMax = 250_000,
  answerCharactersMax = 6_000_000,
  answerErrorsMax = 1000,
}: EngineOptions = {}): Engine {
  const max = { characters: answerCharactersMax, errors: answerErrorsMax }
  const plans = createLru<string, Plan>(plansMax, {
    weightOf: ({ characters }) => characters,
    weightMax: plannedCharactersMax,
  })
  const numberOf = createNumbers()

  const planOf = ({ schema, document }: ExecutionArgs, planning: Planning): Plan => {
    const { selectionSet, bits } = planning
    const key = `${numberOf(schema)} ${numberOf(document)} ${numberOf(selectionSet)} ${bits}`
    return plans.get(key, () => {
      assertValidSchema(schema)
      const { fragments } = factsOf(document)
      const root = schema.getQueryType() as GraphQLObjectType
      const run = descending([selectionSet], { schema, fragments, flags: valuesOf(planning) })(root)
      return { run, characters: charactersOf(document) }
    })
  }

  const executeOperation = (args: ExecutionArgs, operation: OperationDefinitionNode) => {
    const { schema, document, rootValue, contextValue } = args
    const found = coerceVariables(schema, operation.variableDefinitions ?? [], args.variableValues ?? {})
    if ('errors' in found) return { errors: found.errors }
    const facts = factsOf(document)
    const flags = flagsOf(operation, facts.fragments)
    const bits = bitsOf(flags, found.coerced)
    if (bits === undefined || !isPlanned(args, operation, facts)) return measured(execute(args), max)
    const shared = { schema, fragments: facts.fragments, rootValue, operation, variableValues: found.coerced }
    const plan = planOf(args, { selectionSet: operation.selectionSet, flags, bits })
    const run = { shared, context: contextValue, errors: createErrors(max.errors), size: { characters: 0 } }
    return runPlan(plan.run, run, max)
  }

  return {
    execute: (args) => {
      const operation = getOperationAST(args.document, args.operationName)
      return operation ? executeOperation(args, operation) : execute(args)
    },
    size: () => plans.size(),
  }
}
