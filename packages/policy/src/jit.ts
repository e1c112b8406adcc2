/** The one file that touches graphql-jit. Loaded when the first operation repeats, so that it costs a cold start nothing. */
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, parse } from 'graphql'

/** Runs one compiled operation with variables that are already coerced. May throw, or answer later. */
export type Compiled = (
  root: unknown,
  context: unknown,
  variables: Record<string, unknown>,
) => ExecutionResult | Promise<ExecutionResult>

/** Undefined when graphql-jit declines. */
export type Compile = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
) => Compiled | undefined

/** The stack of a refusal costs more than the refusal, and says nothing: the cause has its own. */
const withoutStack = <T>(make: () => T): T => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}

/** graphql-jit's look-alike as an error of graphql-js, with everything that servers read from one. */
const genuine = (error: GraphQLError): GraphQLError => {
  const { message, path, originalError, extensions, locations } = error
  if (originalError instanceof GraphQLError && originalError.path) return originalError
  const options = { path: path ?? null, originalError: originalError ?? null, extensions: extensions ?? null }
  const made = withoutStack(() => new GraphQLError(message, options))
  return Object.defineProperty(made, 'locations', { value: locations, enumerable: true })
}

const finish = ({ data, errors }: ExecutionResult): ExecutionResult =>
  errors && errors.length > 0
    ? { errors: errors.map(genuine), ...(data !== undefined && { data }) }
    : { data: data ?? null }

/** Loads the compiler. */
export const loadJit = async (): Promise<Compile> => {
  const { compileQuery, isCompiledQuery } = await import('graphql-jit')
  return (schema, document, operationName) => {
    // A parse of its own: graphql-jit writes into the nodes it is given.
    const source = document.loc?.source
    if (!source) return undefined
    const compiled = compileQuery(schema, parse(source), operationName, { disablingCapturingStackErrors: true })
    if (!isCompiledQuery(compiled)) return undefined
    return (root, context, variables) => {
      const result = compiled.query(root, context, variables)
      return result instanceof Promise ? result.then(finish) : finish(result)
    }
  }
}
