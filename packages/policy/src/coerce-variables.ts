/**
 * Variables of an operation, coerced as graphql-js coerces them (GraphQL §6.1.2). graphql-js has no bound on the number of
 * errors and prints the whole value for each one: a small list of nulls would cost seconds. Here both are bounded.
 */
import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql'

type Values = Readonly<Record<string, unknown>>

export type CoercedVariables = { readonly coerced: Values } | { readonly errors: readonly GraphQLError[] }

/** Errors of one request. Coercion ends at the last one, however many bad values follow. */
export const variableErrorsMax = 20

/** Characters of graphql-js's own words. A longer text holds a name that the caller made up. */
const wordsMax = 200

type Report = (error: GraphQLError) => void

/** Ends the coercion of a value whose errors nobody needs any more. */
const enough = new Error('enough errors')

/**
 * Coerces `inputs` to the declared variables. An error names its place, such as `input.tags[3]`, and never quotes the value.
 * At most `variableErrorsMax` errors are returned.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Values,
): CoercedVariables {
  const errors: GraphQLError[] = []
  const report: Report = (error) => {
    errors.push(error)
    if (errors.length >= variableErrorsMax) throw enough
  }
  const coerced: Record<string, unknown> = Object.create(null)
  try {
    for (const definition of definitions) coerceVariable({ schema, definition, inputs }, coerced, report)
  } catch (error) {
    if (error !== enough) throw error
  }
  return errors.length > 0 ? { errors } : { coerced: { ...coerced } }
}

interface Declared {
  readonly schema: GraphQLSchema
  readonly definition: VariableDefinitionNode
  readonly inputs: Values
}

function coerceVariable(
  { schema, definition, inputs }: Declared,
  coerced: Record<string, unknown>,
  report: Report,
): void {
  const name = definition.variable.name.value
  const type = typeFromAST(schema, definition.type)
  if (!isInputType(type)) report(refusal(definition, 'is not of an input type.'))
  else if (Object.hasOwn(inputs, name)) coerced[name] = coerceGiven({ definition, type, value: inputs[name] }, report)
  else if (definition.defaultValue) coerced[name] = valueFromAST(definition.defaultValue, type)
  else if (isNonNullType(type)) report(refusal(definition, `of required type "${type}" was not provided.`))
}

interface Given {
  readonly definition: VariableDefinitionNode
  readonly type: GraphQLInputType
  readonly value: unknown
}

function coerceGiven({ definition, type, value }: Given, report: Report): unknown {
  if (value === null && isNonNullType(type)) {
    report(refusal(definition, `of non-null type "${type}" must not be null.`))
    return undefined
  }
  const onError = (path: readonly (string | number)[], invalid: unknown, { message }: GraphQLError): void => {
    const place = path.length > 0 ? ` at "${definition.variable.name.value}${placeOf(path)}"` : ''
    report(refusal(definition, `got an invalid value${place}: ${wordsOf(typeAt(type, path), invalid, message)}`))
  }
  // The last argument hides suggestions: to look for a similar name takes long for a long text.
  return coerceInputValue(value, type, onError, true)
}

function placeOf(path: readonly (string | number)[]): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
}

/** The type of the value at `path`, as far as the type knows the path. */
function typeAt(type: GraphQLInputType | undefined, path: readonly (string | number)[]): GraphQLInputType | undefined {
  const [key, ...rest] = path
  if (key === undefined) return type
  return typeAt(typeBelow(type && getNullableType(type), key), rest)
}

function typeBelow(type: GraphQLInputType | undefined, key: string | number): GraphQLInputType | undefined {
  if (isListType(type)) return type.ofType as GraphQLInputType
  return isInputObjectType(type) ? type.getFields()[key]?.type : undefined
}

/** graphql-js quotes the value where a scalar or an enum refuses it, and nowhere else. */
function wordsOf(type: GraphQLInputType | undefined, invalid: unknown, message: string): string {
  const inner = innermost(type)
  if (invalid !== null && invalid !== undefined && isLeafType(inner)) return `expected type "${inner}".`
  return message.length > wordsMax ? 'a member with this name is not defined.' : message
}

/** A list takes a single value for its only item, so that an item may be refused at the place of its list. */
function innermost(type: GraphQLInputType | undefined): unknown {
  const nullable = type && getNullableType(type)
  return isListType(nullable) ? innermost(nullable.ofType as GraphQLInputType) : nullable
}

function refusal(definition: VariableDefinitionNode, words: string): GraphQLError {
  return new GraphQLError(`Variable "$${definition.variable.name.value}" ${words}`, {
    nodes: definition,
    extensions: { code: 'BAD_USER_INPUT' },
  })
}
