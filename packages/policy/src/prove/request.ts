/** A request that evaluates the rule of one field. */
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Inputs } from './model.ts'

/** A GraphQL request. Texts in angle brackets, such as `<id>`, are to be replaced. */
export interface ExampleRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

type Field = GraphQLField<unknown, unknown>

function fieldAt(schema: GraphQLSchema, coordinate: string): Field | undefined {
  const [typeName = '', fieldName = ''] = coordinate.split('.')
  const type = schema.getType(typeName)
  return isObjectType(type) ? type.getFields()[fieldName] : undefined
}

const scalars: Readonly<Record<string, unknown>> = { Int: 1, Float: 1, Boolean: true }

function members(type: GraphQLInputType, given: unknown): Readonly<Record<string, unknown>> {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return {}
  const own = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>
  const needed = Object.values(named.getFields()).filter(
    (field) => Object.hasOwn(own, field.name) || (isNonNullType(field.type) && field.defaultValue === undefined),
  )
  return Object.fromEntries(needed.map((field) => [field.name, filled(field.type, field.name, own[field.name])]))
}

/** A value of a type. `given` is kept, also where only some of its members are known. */
function filled(type: GraphQLInputType, name: string, given: unknown): unknown {
  const plain = isNonNullType(type) ? type.ofType : type
  if (isListType(plain)) return [filled(plain.ofType, name, given)]
  if (isInputObjectType(plain)) return members(plain, given)
  if (given !== undefined && given !== null) return given
  if (isEnumType(plain)) return plain.getValues()[0]?.name
  return scalars[plain.name] ?? `<${name}>`
}

interface Step {
  readonly text: string
  readonly definitions: readonly string[]
  readonly variables: Readonly<Record<string, unknown>>
}

/** One field with its arguments as variables. Arguments that are neither needed nor given are left out. */
function stepOf({ name, args }: Field, given: Readonly<Record<string, unknown>>, taken: readonly string[]): Step {
  const used = args
    .filter((arg) => Object.hasOwn(given, arg.name) || (isNonNullType(arg.type) && arg.defaultValue === undefined))
    .map((arg) => ({ arg, variable: taken.includes(arg.name) ? `${name}_${arg.name}` : arg.name }))
  const list = used.map(({ arg, variable }) => `${arg.name}: $${variable}`).join(', ')
  return {
    text: list ? `${name}(${list})` : name,
    definitions: used.map(({ arg, variable }) => `$${variable}: ${arg.type}`),
    variables: Object.fromEntries(
      used.map(({ arg, variable }) => [variable, filled(arg.type, arg.name, given[arg.name])]),
    ),
  }
}

/**
 * The text of nested selections. A type in the path that an interface or a union hides gets a type condition.
 */
function selectionText(schema: GraphQLSchema, path: readonly string[], steps: readonly Step[]): string {
  return path.reduceRight((inner, coordinate, index) => {
    const field = fieldAt(schema, coordinate)
    const named = field && getNamedType(field.type)
    const next = path[index + 1]?.split('.')[0]
    const below = inner || (isCompositeType(named) ? '__typename' : '')
    const conditioned = next && named && named.name !== next ? `... on ${next} { ${below} }` : below
    return `${steps[index]?.text}${conditioned && ` { ${conditioned} }`}`
  }, '')
}

/**
 * The request that selects the last field of a path.
 * @param path coordinates from a root type, such as `['Query.note', 'Note.title']`
 * @param inputs arguments by field
 */
export function requestOf(schema: GraphQLSchema, path: readonly string[], inputs: Inputs): ExampleRequest {
  const steps: Step[] = []
  for (const coordinate of path) {
    const field = fieldAt(schema, coordinate)
    const taken = steps.flatMap(({ variables }) => Object.keys(variables))
    if (field) steps.push(stepOf(field, inputs[coordinate] ?? {}, taken))
  }
  const definitions = steps.flatMap((step) => step.definitions)
  const isMutation = path[0]?.split('.')[0] === schema.getMutationType()?.name
  const head = isMutation ? 'mutation ' : definitions.length > 0 ? 'query ' : ''
  const parameters = definitions.length > 0 ? `(${definitions.join(', ')}) ` : ''
  return {
    query: `${head}${parameters}{ ${selectionText(schema, path, steps)} }`,
    variables: Object.assign({}, ...steps.map(({ variables }) => variables)),
  }
}
