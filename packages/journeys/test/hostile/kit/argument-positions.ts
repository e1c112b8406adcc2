/** Every argument of every root field and every member of its input types, read from the schema. */
import { unguardedSchema } from '@fieldnotes/api/schema'
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql'

/** Placeholder in the variables of an operation, replaced by the value under test. */
const hole = '\u{f8ff}'

/** An argument, or a member of one. */
export interface ArgumentPosition {
  /** Name of the position, such as `createNote input.tags`. */
  readonly name: string
  readonly query: string
  /** The variables as JSON text, with `value` at this position. */
  readonly variables: (value: string) => string
  /** The variables of an ordinary call. */
  readonly ordinary: string
}

type Field = GraphQLField<unknown, unknown>
type Json = unknown

const samples: Readonly<Record<string, Json>> = {
  ID: 'Tm90ZTowMU04MFE4VEFIRTJXU0pGRU4wWERLUVZYMw',
  String: 'a',
  Int: 1,
  Boolean: true,
  DateTime: '2026-11-26T09:00:00.000Z',
}

/** An ordinary value of a type. */
function sampleOf(type: GraphQLInputType): Json {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return [sampleOf(nullable.ofType as GraphQLInputType)]
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name
  if (isInputObjectType(nullable))
    return Object.fromEntries(Object.values(nullable.getFields()).map((each) => [each.name, sampleOf(each.type)]))
  return samples[getNamedType(nullable).name]
}

interface Variant {
  readonly path: string
  readonly value: Json
}

/** The placeholder in place of the value itself, and of each value inside it. */
function variantsOf(type: GraphQLInputType, path: string): readonly Variant[] {
  const nullable = getNullableType(type)
  const whole = { path, value: hole }
  if (isListType(nullable)) {
    const within = variantsOf(nullable.ofType as GraphQLInputType, `${path}[0]`)
    return [whole, ...within.map((each) => ({ path: each.path, value: [each.value] }))]
  }
  if (!isInputObjectType(nullable)) return [whole]
  const ordinary = sampleOf(nullable) as Record<string, Json>
  const within = Object.values(nullable.getFields()).flatMap((member) =>
    variantsOf(member.type, `${path}.${member.name}`).map((each) => ({
      path: each.path,
      value: { ...ordinary, [member.name]: each.value },
    })),
  )
  return [whole, ...within]
}

function operationOf(kind: string, field: Field): string {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ')
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''
  return `${kind}(${declared}) { ${field.name}(${given})${selection} }`
}

/**
 * Pagination takes `first` and `after`, or `last` and `before`. An ordinary call has them only when they are under
 * test.
 */
function isPaging({ name }: GraphQLArgument): boolean {
  return ['first', 'after', 'last', 'before', 'since'].includes(name)
}

function positionsOf(kind: string, field: Field): readonly ArgumentPosition[] {
  const usual = field.args.filter((argument) => !isPaging(argument))
  const ordinary = Object.fromEntries(usual.map(({ name, type }) => [name, sampleOf(type)]))
  return field.args.flatMap((argument) =>
    variantsOf(argument.type, argument.name).map(({ path, value }) => {
      const template = JSON.stringify({ ...ordinary, [argument.name]: value })
      const [before = '', after = ''] = template.split(`"${hole}"`)
      return {
        name: `${field.name} ${path}`,
        query: operationOf(kind, field),
        variables: (text) => `${before}${text}${after}`,
        ordinary: JSON.stringify(ordinary),
      }
    }),
  )
}

/**
 * It would end the sign-in of the sender, so that nothing after it is executed. `sign-out.test.ts` sends its values.
 */
const ending = ['signOut']

/** All positions. */
export function argumentPositions(): readonly ArgumentPosition[] {
  const schema = unguardedSchema()
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {})
      .filter(({ name, args }) => args.length > 0 && !ending.includes(name))
      .flatMap((field) => positionsOf(kind, field)),
  )
}
