/**
 * Variables of an operation, coerced as graphql-js coerces them (GraphQL §6.1.2). graphql-js has no bound on the number of
 * errors and prints the whole value for each one: a small list of nulls would cost seconds. Here both are bounded.
 */
import { AppError } from '@fieldnotes/core/error'
import {
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql'
import { coerceValue, type Hearer, type Path, type Refuse } from './coerce-value.ts'
import { limitError } from './limits.ts'

type Values = Readonly<Record<string, unknown>>

export type CoercedVariables = { readonly coerced: Values } | { readonly errors: readonly GraphQLError[] }

/** Errors of one request. Coercion ends at the last one, however many bad values follow. */
export const variableErrorsMax = 10

/** Items of lists and members of objects in all variables of one request. Coercion ends there, however many follow. */
export const variableValuesMax = 2000

/** Ends the coercion of a value that has enough errors. */
const enough = new Error('enough errors')

/** Ends the coercion of more values than are taken. */
const tooMany = new Error('too many values')

/** Hears of a variable, or of the value at `path` in it, that is not taken, and why. */
type Report = (definition: VariableDefinitionNode, path: Path, reason: string) => void

interface Hearers extends Pick<Hearer, 'count'> {
  readonly report: Report
}

/**
 * Coerces `inputs` to the declared variables. An error names its place, such as `input.tags[3]`, and never quotes the value.
 * At most `variableErrorsMax` errors are returned, with the code `BAD_USER_INPUT`. More than `variableValuesMax` values are
 * one error with the code `LIMIT_EXCEEDED`.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Values,
): CoercedVariables {
  const errors: GraphQLError[] = []
  const report: Report = (definition, path, reason) => {
    errors.push(refusalOf(definition, path, reason))
    if (errors.length >= variableErrorsMax) throw enough
  }
  let values = 0
  const count = (): void => {
    values += 1
    if (values > variableValuesMax) throw tooMany
  }
  const coerced: Record<string, unknown> = {}
  try {
    for (const definition of definitions) coerceVariable({ schema, definition, inputs }, coerced, { report, count })
  } catch (error) {
    if (error === tooMany) return { errors: [limitError('values of variables', variableValuesMax)] }
    if (error !== enough) throw error
  }
  return errors.length > 0 ? { errors } : { coerced }
}

interface Declared {
  readonly schema: GraphQLSchema
  readonly definition: VariableDefinitionNode
  readonly inputs: Values
}

/** Sets the member of `coerced`, which stays absent for a variable that has neither a value nor a default. */
function coerceVariable(
  { schema, definition, inputs }: Declared,
  coerced: Record<string, unknown>,
  hearers: Hearers,
): void {
  const { report } = hearers
  const name = definition.variable.name.value
  const type = typeFromAST(schema, definition.type)
  if (!isInputType(type)) report(definition, [], 'its type is no input type')
  else if (Object.hasOwn(inputs, name)) coerced[name] = coerceGiven({ definition, type, value: inputs[name] }, hearers)
  else if (definition.defaultValue) coerced[name] = valueFromAST(definition.defaultValue, type)
  else if (isNonNullType(type)) report(definition, [], `required type "${type}" was not provided`)
}

interface Given {
  readonly definition: VariableDefinitionNode
  readonly type: GraphQLInputType
  readonly value: unknown
}

function coerceGiven({ definition, type, value }: Given, { report, count }: Hearers): unknown {
  const refuse: Refuse = (path, reason) => report(definition, path, reason)
  return coerceValue(type, value, { refuse, count })
}

/** The place is spelled as for arguments, such as `input.tags.3`. Neither message nor extensions quote the value. */
function refusalOf(definition: VariableDefinitionNode, path: Path, reason: string): GraphQLError {
  const name = definition.variable.name.value
  const argument = [name, ...path].join('.')
  const error = new AppError('BAD_USER_INPUT', `${argument}: ${reason}`, {
    message: `Variable "$${name}" got an invalid value at "${argument}": ${reason}.`,
    extensions: { argument, arguments: [{ argument, reason }] },
  })
  const extensions = { ...error.extensions, code: error.code }
  return new GraphQLError(error.message, { nodes: definition, originalError: error, extensions })
}
