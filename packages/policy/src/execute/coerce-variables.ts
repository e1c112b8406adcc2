/**
 * Variables of an operation, coerced as graphql-js coerces them (GraphQL §6.1.2). graphql-js does not bound the number of errors,
 * and prints the whole value into each: a small list of nulls would cost seconds. Here both are bounded.
 */
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
import { fieldError } from '../decide/refusal.ts'
import { limitExceeded } from '../limits/limits.ts'
import { type CoercionCallbacks, coerceValue, type OnError, type Path } from './coerce-value.ts'

type Values = Readonly<Record<string, unknown>>

/** Coerced values by name, or errors. */
export type CoercedVariables = { readonly coerced: Values } | { readonly errors: readonly GraphQLError[] }

/** The largest number of errors of one request. Coercion ends at the last one, however many invalid values follow. */
export const variableErrorsMax = 10

/** The largest number of list items and object members in all variables of one request. Coercion ends there. */
export const variableValuesMax = 2000

/** Thrown to end the coercion when there are enough errors. */
const enoughErrors = new Error('enough errors')

/** Thrown to end the coercion when there are too many values. */
const tooManyValues = new Error('too many values')

type Report = (definition: VariableDefinitionNode, problem: string) => void

interface Callbacks extends Pick<CoercionCallbacks, 'onValue'> {
  readonly report: Report
}

/**
 * Coerces `inputs` to the declared variables. An error names its place, such as `input.tags[3]`, and never contains the value.
 * At most `variableErrorsMax` errors are returned, with the code `BAD_USER_INPUT`. More than `variableValuesMax` values are one
 * error with the code `LIMIT_EXCEEDED`.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Values,
): CoercedVariables {
  const errors: GraphQLError[] = []
  const report: Report = (definition, problem) => {
    const message = `Variable "$${definition.variable.name.value}" ${problem}`
    errors.push(new GraphQLError(message, { nodes: definition, extensions: { code: 'BAD_USER_INPUT' } }))
    if (errors.length >= variableErrorsMax) throw enoughErrors
  }
  let values = 0
  const onValue = (): void => {
    values += 1
    if (values > variableValuesMax) throw tooManyValues
  }
  const coerced: Record<string, unknown> = {}
  try {
    for (const definition of definitions) coerceVariable({ schema, definition, inputs }, coerced, { report, onValue })
  } catch (error) {
    if (error === tooManyValues)
      return { errors: [fieldError(limitExceeded('values of variables', variableValuesMax))] }
    if (error !== enoughErrors) throw error
  }
  return errors.length > 0 ? { errors } : { coerced }
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
  if (!isInputType(type)) report(definition, 'is not of an input type.')
  else if (Object.hasOwn(inputs, name))
    coerced[name] = coerceGiven({ definition, type, value: inputs[name] }, callbacks)
  else if (definition.defaultValue) coerced[name] = valueFromAST(definition.defaultValue, type)
  else if (isNonNullType(type)) report(definition, `of required type "${type}" was not provided.`)
}

interface Given {
  readonly definition: VariableDefinitionNode
  readonly type: GraphQLInputType
  readonly value: unknown
}

function coerceGiven({ definition, type, value }: Given, { report, onValue }: Callbacks): unknown {
  if (value === null && isNonNullType(type)) {
    report(definition, `of non-null type "${type}" must not be null.`)
    return undefined
  }
  const onError: OnError = (path, problem) => {
    const place = path.length > 0 ? ` at "${definition.variable.name.value}${textOf(path)}"` : ''
    report(definition, `got an invalid value${place}: ${problem}`)
  }
  return coerceValue(type, value, { onError, onValue })
}

function textOf(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
}
