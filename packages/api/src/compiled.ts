/** Operations that repeat, compiled to code by graphql-jit. Whatever can't be, runs on graphql-js as before. */
import { createLru } from '@fieldnotes/policy/lru'
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  parse,
  type VariableDefinitionNode,
} from 'graphql'
import type { CompiledQuery } from 'graphql-jit'
import { hasDistinctNames, isCompilable } from './compilable.ts'

export interface Asked {
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: object
}

/** The answer, or `undefined` where graphql-js has to give it. */
type Answer = Promise<ExecutionResult | undefined> | ExecutionResult | undefined

export interface CompiledOptions {
  /** So many times an operation runs on graphql-js before it is compiled; 3 unless told. */
  readonly after?: number
  /** How many pairs of operation and schema are remembered; 256 unless told. */
  readonly max?: number
}

interface Entry {
  calls: number
  /** `undefined` while it is not decided; `null` when it stays with graphql-js for good. */
  query: CompiledQuery | null | undefined
}

type Jit = typeof import('graphql-jit')

/** Loaded when the first operation repeats, so that no cold start pays for it. */
const createJit = () => {
  let asked = false
  let jit: Jit | undefined
  const load = async () => {
    jit = await import('graphql-jit')
  }
  return (): Jit | undefined => {
    if (!asked) load().catch(() => {})
    asked = true
    return jit
  }
}

/** A number for each object, without keeping it alive. */
const createNumbers = () => {
  const seen = new WeakMap<object, number>()
  let last = 0
  return (thing: object): number => {
    const number = seen.get(thing) ?? ++last
    seen.set(thing, number)
    return number
  }
}

/** Compiles a parse of its own: graphql-jit writes into the nodes it is given. */
const compile = (jit: Jit, schema: GraphQLSchema, document: DocumentNode): CompiledQuery | null => {
  const source = document.loc?.source
  if (!source || !hasDistinctNames(schema) || !isCompilable(schema, document)) return null
  const query = jit.compileQuery(schema, parse(source), undefined, { disablingCapturingStackErrors: true })
  return jit.isCompiledQuery(query) ? query : null
}

const variablesOf = ({ definitions }: DocumentNode): readonly VariableDefinitionNode[] =>
  definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)?.variableDefinitions ?? []

/** Whether graphql-js takes these variables. When it does not, the refusal is in its words. */
const acceptable = (schema: GraphQLSchema, { document, variables }: Asked): boolean => {
  const definitions = variablesOf(document)
  return definitions.length === 0 || getVariableValues(schema, definitions, variables).errors === undefined
}

/** graphql-jit's errors look like graphql-js's but lack parts of them. The cause has the stack. */
const asGraphqlError = ({ message, path, locations, originalError }: GraphQLError): GraphQLError => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const error = new GraphQLError(message, { path, originalError })
  Error.stackTraceLimit = limit
  return Object.assign(error, { locations })
}

/** Whether a resolver threw where null may stand. */
const isFieldError = (data: unknown, { path = [], originalError }: GraphQLError): boolean => {
  const parent = path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown> | null)?.[key] ?? null, data)
  return originalError !== undefined && parent !== null
}

/** Where data breaks the schema or a null climbs, the two count errors differently: graphql-js answers, and sees to the bug. */
const finish = ({ data = null, errors = [] }: ExecutionResult): ExecutionResult | undefined => {
  if (errors.length === 0) return { data }
  if (!errors.every((error) => isFieldError(data, error))) return undefined
  return { errors: errors.map(asGraphqlError), data }
}

const run = ({ query }: CompiledQuery, { variables, context }: Asked): Answer => {
  const result = query(undefined, context, variables)
  if (result instanceof Promise) return result.then(finish)
  // Without data nothing has run: graphql-jit did not take the variables.
  return 'data' in result ? finish(result) : undefined
}

/** Answers operations that repeat. Objects under fields without a resolver must be plain data. */
export const createCompiled = ({ after = 3, max = 256 }: CompiledOptions = {}) => {
  const jitOf = createJit()
  const numberOf = createNumbers()
  const entries = createLru<string, Entry>(max)
  const queryOf = (schema: GraphQLSchema, document: DocumentNode): Entry['query'] => {
    const entry = entries.get(`${numberOf(schema)} ${numberOf(document)}`, () => ({ calls: 0, query: undefined }))
    entry.calls += 1
    if (entry.query !== undefined || entry.calls <= after) return entry.query
    const jit = jitOf()
    if (jit) entry.query = compile(jit, schema, document)
    return entry.query
  }
  return (schema: GraphQLSchema, asked: Asked): Answer => {
    const query = queryOf(schema, asked.document)
    return query && acceptable(schema, asked) ? run(query, asked) : undefined
  }
}
