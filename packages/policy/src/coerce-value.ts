/** One value as its input type takes it (GraphQL §3.5–3.12 "Input Coercion"). Refusals say where and what, and never quote the value. */
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLList,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** Hears of a value that is not taken at `place`. May throw to end the coercion. */
export type Refuse = (place: string, words: string) => void

/** Where a value is, such as `input.tags[3]`, and who hears of a bad one. */
export interface At {
  readonly place: string
  readonly refuse: Refuse
}

/** Characters of a name that is quoted: one that the caller made up may be of any length. */
const nameMax = 100

/** The coerced value. What it returns after a refusal means nothing. */
export function coerceValue(type: GraphQLInputType, value: unknown, at: At): unknown {
  if (isNonNullType(type)) {
    if (value !== null && value !== undefined) return coerceValue(type.ofType, value, at)
    return at.refuse(at.place, `expected non-nullable type "${type}" not to be null.`)
  }
  if (value === null || value === undefined) return null
  if (isListType(type)) return coerceList(type, value, at)
  return isInputObjectType(type) ? coerceObject(type, value, at) : coerceLeaf(type, value, at)
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function'

/** A single value stands for a list of it. */
function coerceList(type: GraphQLList<GraphQLInputType>, value: unknown, at: At): unknown[] {
  if (!isIterable(value)) return [coerceValue(type.ofType, value, at)]
  return Array.from(value, (item, index) => coerceValue(type.ofType, item, { ...at, place: `${at.place}[${index}]` }))
}

type Members = Readonly<Record<string, unknown>>

function coerceObject(type: GraphQLInputObjectType, value: unknown, at: At): unknown {
  if (typeof value !== 'object' || Array.isArray(value))
    return at.refuse(at.place, `expected type "${type}" to be an object.`)
  const members = value as Members
  const coerced = coerceMembers(type, members, at)
  refuseUnknown(type, members, at)
  if (type.isOneOf) refuseOthersThanOne(type, coerced, at)
  return coerced
}

function coerceMembers(type: GraphQLInputObjectType, members: Members, at: At): Record<string, unknown> {
  const coerced: Record<string, unknown> = {}
  for (const field of Object.values(type.getFields())) {
    const member = members[field.name]
    const place = `${at.place}.${field.name}`
    if (member !== undefined) coerced[field.name] = coerceValue(field.type, member, { ...at, place })
    else if (field.defaultValue !== undefined) coerced[field.name] = field.defaultValue
    else if (isNonNullType(field.type)) at.refuse(place, `required type "${field.type}" was not provided.`)
  }
  return coerced
}

function refuseUnknown(type: GraphQLInputObjectType, members: Members, at: At): void {
  const fields = type.getFields()
  for (const name of Object.keys(members)) {
    if (fields[name]) continue
    const quoted = name.length > nameMax ? 'a member of this name' : `"${name}"`
    at.refuse(at.place, `${quoted} is not defined by type "${type}".`)
  }
}

function refuseOthersThanOne(type: GraphQLInputObjectType, coerced: Members, at: At): void {
  const [name = '', ...others] = Object.keys(coerced)
  if (name === '' || others.length > 0)
    at.refuse(at.place, `exactly one member must be given for OneOf type "${type}".`)
  if (coerced[name] === null) at.refuse(`${at.place}.${name}`, 'it must not be null.')
}

/** What `typeof` says of values that GraphQL's own scalars may take. They print all others into their errors, however long. */
const kinds = new Map<GraphQLLeafType, readonly string[]>([
  [GraphQLString, ['string']],
  [GraphQLID, ['string', 'number']],
  [GraphQLInt, ['number']],
  [GraphQLFloat, ['number']],
  [GraphQLBoolean, ['boolean']],
])

function coerceLeaf(type: GraphQLLeafType, value: unknown, at: At): unknown {
  const parsed = isAcceptable(type, value) ? parsedBy(type, value) : undefined
  return parsed === undefined ? at.refuse(at.place, `expected type "${type}".`) : parsed
}

function isAcceptable(type: GraphQLLeafType, value: unknown): boolean {
  // An enum would look for names like this one, to suggest them.
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined
  return kinds.get(type)?.includes(typeof value) ?? true
}

function parsedBy(type: GraphQLLeafType, value: unknown): unknown {
  try {
    return type.parseValue(value)
  } catch {
    return undefined
  }
}
