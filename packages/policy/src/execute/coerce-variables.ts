/**
 * Variables of an operation, coerced as graphql-js coerces them (GraphQL §6.1.2). graphql-js does not bound the number
 * of errors, and prints the whole value into each: a small list of nulls would cost seconds. Here both are bounded.
 */
import { AppError } from '@fieldnotes/core/error'
import {
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql'
import { requestError, responseError } from '../decide/graphql-errors.ts'
import { limitExceeded, requestErrorsMax } from '../limits/document-limits.ts'
import { inputLimitsDefault } from '../limits/input-limits.ts'
import { type CoercionCallbacks, coerceValue, type ValuePath } from './coerce-value.ts'

type Values = Readonly<Record<string, unknown>>

/** Coerced values by name, or errors. */
export type CoercedVariables = { readonly coerced: Values } | { readonly errors: readonly GraphQLError[] }

/** List items and object members in all variables of one request: as many as its arguments may have. */
const { values: valuesMax } = inputLimitsDefault

/** Thrown to end the coercion when there are enough errors. */
const enoughErrors = new Error('enough errors')

/** Thrown to end the coercion when there are too many values. */
const tooManyValues = new Error('too many values')

/** Called for an invalid variable, or for the invalid value at `path` in it. */
type Report = (definition: VariableDefinitionNode, path: ValuePath, reason: string) => void

interface Callbacks extends Pick<CoercionCallbacks, 'onValue'> {
  readonly report: Report
}

/**
 * Coerces `inputs` to the declared variables. An error names its path, such as `input.tags.3`, and never contains the
 * value. At most `requestErrorsMax` errors are returned, with the code `BAD_USER_INPUT`. More values than
 * `inputLimitsDefault` allows are one error with the code `LIMIT_EXCEEDED`.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Values,
): CoercedVariables {
  const errors: GraphQLError[] = []
  const report: Report = (definition, path, reason) => {
    errors.push(errorOf(definition, path, reason))
    if (errors.length >= requestErrorsMax) throw enoughErrors
  }
  let values = 0
  const onValue = (): void => {
    values += 1
    if (values > valuesMax) throw tooManyValues
  }
  // Without a prototype, since a variable may be called `__proto__`.
  const coerced: Record<string, unknown> = Object.create(null)
  try {
    for (const definition of definitions) coerceVariable({ schema, definition, inputs }, coerced, { report, onValue })
  } catch (error) {
    if (error === tooManyValues) return { errors: [requestError(limitExceeded('values of variables', valuesMax))] }
    if (error !== enoughErrors) throw error
  }
  return errors.length > 0 ? { errors } : { coerced: { ...coerced } }
}

interface Declared {
  readonly schema: GraphQLSchema
  readonly definition: VariableDefinitionNode
  readonly inputs: Values
}

/** Sets the member of `coerced`. A variable that has neither a value nor a default stays absent. */
function coerceVariable(
  { schema, definition, inputs }: Declared,
  coerced: Record<string, unknown>,
  callbacks: Callbacks,
): void {
  const { report } = callbacks
  const name = definition.variable.name.value
  const type = typeFromAST(schema, definition.type)
  if (!isInputType(type)) report(definition, [], 'its type is no input type')
  else if (Object.hasOwn(inputs, name))
    coerced[name] = coerceGiven({ definition, type, value: inputs[name] }, callbacks)
  else if (definition.defaultValue) coerced[name] = valueFromAST(definition.defaultValue, type)
  else if (isNonNullType(type)) report(definition, [], `required type "${type}" was not provided`)
}

interface Given {
  readonly definition: VariableDefinitionNode
  readonly type: GraphQLInputType
  readonly value: unknown
}

function coerceGiven({ definition, type, value }: Given, { report, onValue }: Callbacks): unknown {
  return coerceValue(type, value, { onValue, onError: (path, reason) => report(definition, path, reason) })
}

/** The path is spelled as for arguments, such as `input.tags.3`. Neither message nor extensions contain the value. */
function errorOf(definition: VariableDefinitionNode, path: ValuePath, reason: string): GraphQLError {
  const name = definition.variable.name.value
  const argument = [name, ...path].join('.')
  const error = new AppError('BAD_USER_INPUT', `${argument}: ${reason}`, {
    message: `Variable "$${name}" got an invalid value at "${argument}": ${reason}.`,
    extensions: { argument, arguments: [{ argument, reason }] },
  })
  return responseError(error, { nodes: definition })
}
