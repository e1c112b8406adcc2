/** The one file that touches graphql-jit. Loaded when the first operation repeats, so that it costs a cold start nothing. */
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql'

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

/** graphql-jit's look-alike as an error of graphql-js, with everything that servers read from one. */
const genuine = (error: GraphQLError): GraphQLError => {
  const { message, path, originalError, extensions, locations } = error
  const made = new GraphQLError(message, {
    path: path ?? null,
    originalError: originalError ?? null,
    extensions: extensions ?? null,
  })
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
    const compiled = compileQuery(schema, document, operationName, { disablingCapturingStackErrors: true })
    if (!isCompiledQuery(compiled)) return undefined
    return (root, context, variables) => {
      const result = compiled.query(root, context, variables)
      return result instanceof Promise ? result.then(finish) : finish(result)
    }
  }
}
