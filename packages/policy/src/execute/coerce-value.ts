/**
 * One input value, coerced to its type (GraphQL §3.5–3.12 "Input Coercion"). Errors name the path and never contain
 * the value.
 */
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

/** Members and indexes that lead to a value, such as `['tags', 3]`. */
export type ValuePath = readonly (string | number)[]

/** Called for an invalid value at `path`. */
export type OnError = (path: ValuePath, reason: string) => void

/** Both callbacks may throw, which ends the coercion. */
export interface CoercionCallbacks {
  readonly onError: OnError
  /** Called for each list item and object member, before it is read. */
  readonly onValue: () => void
}

interface Coercion extends CoercionCallbacks {
  /**
   * The path of the current value. One array serves the whole coercion, so that a long list needs no path for each
   * item.
   */
  readonly path: (string | number)[]
}

/** Characters of an unknown member's name that an error may contain: the caller can make it arbitrarily long. */
const nameMax = 64

/** Whether a text can be a member's name (GraphQL §2.1.9). Any other text may be a value where a name belongs. */
function isName(text: string): boolean {
  return text.length <= nameMax && /^[_A-Za-z]\w*$/.test(text)
}

/** The coerced value. After an error the result has no meaning. */
export function coerceValue(type: GraphQLInputType, value: unknown, callbacks: CoercionCallbacks): unknown {
  return coerce(type, value, { ...callbacks, path: [] })
}

function coerce(type: GraphQLInputType, value: unknown, coercion: Coercion): unknown {
  if (isNonNullType(type)) {
    if (value !== null && value !== undefined) return coerce(type.ofType, value, coercion)
    return coercion.onError(coercion.path, `expected non-nullable type "${type}" not to be null`)
  }
  if (value === null || value === undefined) return null
  if (isListType(type)) return coerceList(type, value, coercion)
  return isInputObjectType(type) ? coerceObject(type, value, coercion) : coerceLeaf(type, value, coercion)
}

function coerceBelow(type: GraphQLInputType, value: unknown, key: string | number, coercion: Coercion): unknown {
  coercion.onValue()
  coercion.path.push(key)
  const coerced = coerce(type, value, coercion)
  coercion.path.pop()
  return coerced
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function'
}

/** A single value is coerced to a list of one. */
function coerceList({ ofType }: GraphQLList<GraphQLInputType>, value: unknown, coercion: Coercion): unknown[] {
  if (!isIterable(value)) return [coerce(ofType, value, coercion)]
  return Array.from(value, (item, index) => coerceBelow(ofType, item, index, coercion))
}

type Members = Readonly<Record<string, unknown>>

function coerceObject(type: GraphQLInputObjectType, value: unknown, coercion: Coercion): unknown {
  if (typeof value !== 'object' || Array.isArray(value))
    return coercion.onError(coercion.path, `expected type "${type}" to be an object`)
  const members = value as Members
  const coerced = coerceMembers(type, members, coercion)
  reportUnknownMembers(type, members, coercion)
  if (type.isOneOf) checkOneOf(type, coerced, coercion)
  return coerced
}

function coerceMembers(type: GraphQLInputObjectType, members: Members, coercion: Coercion): Record<string, unknown> {
  const coerced: Record<string, unknown> = {}
  for (const { name, type: own, defaultValue } of Object.values(type.getFields())) {
    const member = members[name]
    if (member !== undefined) coerced[name] = coerceBelow(own, member, name, coercion)
    else if (defaultValue !== undefined) coerced[name] = defaultValue
    else if (isNonNullType(own)) coercion.onError([...coercion.path, name], `required type "${own}" was not provided`)
  }
  return coerced
}

function reportUnknownMembers(type: GraphQLInputObjectType, members: Members, { path, onError }: Coercion): void {
  const fields = type.getFields()
  for (const name of Object.keys(members)) {
    if (fields[name]) continue
    if (isName(name)) onError([...path, name], `type "${type}" has no such member`)
    else onError(path, `type "${type}" has no member with a name like one that was given`)
  }
}

function checkOneOf(type: GraphQLInputObjectType, coerced: Members, { path, onError }: Coercion): void {
  const [name = '', ...others] = Object.keys(coerced)
  if (name === '' || others.length > 0) onError(path, `exactly one member must be given for OneOf type "${type}"`)
  if (coerced[name] === null) onError([...path, name], 'it must not be null')
}

/** The `typeof` of values that GraphQL's own scalars may accept. Their errors contain all others, however long. */
const acceptedTypes = new Map<GraphQLLeafType, readonly string[]>([
  [GraphQLString, ['string']],
  [GraphQLID, ['string', 'number']],
  [GraphQLInt, ['number']],
  [GraphQLFloat, ['number']],
  [GraphQLBoolean, ['boolean']],
])

function coerceLeaf(type: GraphQLLeafType, value: unknown, { path, onError }: Coercion): unknown {
  const parsed = isAcceptable(type, value) ? parsedBy(type, value) : undefined
  return parsed === undefined ? onError(path, `expected type "${type}"`) : parsed
}

function isAcceptable(type: GraphQLLeafType, value: unknown): boolean {
  // `parseValue` of an enum would search for similar names, to suggest them.
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined
  return acceptedTypes.get(type)?.includes(typeof value) ?? true
}

function parsedBy(type: GraphQLLeafType, value: unknown): unknown {
  try {
    return type.parseValue(value)
  } catch {
    return undefined
  }
}
