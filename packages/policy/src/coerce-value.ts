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

/** Members and indexes that lead to a value, such as `['tags', 3]`. */
export type Path = readonly (string | number)[]

/** Is called for a value that is not taken at `path`. */
export type Refuse = (path: Path, words: string) => void

/** What a coercion calls. Both may throw, which ends it. */
export interface Hearer {
  readonly refuse: Refuse
  /** Is called for each value, before it is looked at. */
  readonly count: () => void
}

/** The path to the value that is looked at, one for a whole coercion, so that a long list needs no path for each item. */
interface Walk extends Hearer {
  readonly path: (string | number)[]
}

/** Characters of a name that is quoted: one that the caller made up may be of any length. */
const nameMax = 64

/** A name that the caller made up, in quotes that it can't end, without characters that hide or reorder text. */
function quote(name: string): string {
  return JSON.stringify(name.slice(0, nameMax).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '\ufffd'))
}

/** The coerced value. What it returns after a refusal means nothing. */
export function coerceValue(type: GraphQLInputType, value: unknown, hearer: Hearer): unknown {
  return coerce(type, value, { ...hearer, path: [] })
}

function coerce(type: GraphQLInputType, value: unknown, walk: Walk): unknown {
  if (isNonNullType(type)) {
    if (value !== null && value !== undefined) return coerce(type.ofType, value, walk)
    return walk.refuse(walk.path, `expected non-nullable type "${type}" not to be null`)
  }
  if (value === null || value === undefined) return null
  if (isListType(type)) return coerceList(type, value, walk)
  return isInputObjectType(type) ? coerceObject(type, value, walk) : coerceLeaf(type, value, walk)
}

function coerceBelow(type: GraphQLInputType, value: unknown, key: string | number, walk: Walk): unknown {
  walk.count()
  walk.path.push(key)
  const coerced = coerce(type, value, walk)
  walk.path.pop()
  return coerced
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function'
}

/** A single value stands for a list of it. */
function coerceList({ ofType }: GraphQLList<GraphQLInputType>, value: unknown, walk: Walk): unknown[] {
  if (!isIterable(value)) return [coerce(ofType, value, walk)]
  return Array.from(value, (item, index) => coerceBelow(ofType, item, index, walk))
}

type Members = Readonly<Record<string, unknown>>

function coerceObject(type: GraphQLInputObjectType, value: unknown, walk: Walk): unknown {
  if (typeof value !== 'object' || Array.isArray(value))
    return walk.refuse(walk.path, `expected type "${type}" to be an object`)
  const members = value as Members
  const coerced = coerceMembers(type, members, walk)
  refuseUnknown(type, members, walk)
  if (type.isOneOf) refuseOthersThanOne(type, coerced, walk)
  return coerced
}

function coerceMembers(type: GraphQLInputObjectType, members: Members, walk: Walk): Record<string, unknown> {
  const coerced: Record<string, unknown> = {}
  for (const { name, type: own, defaultValue } of Object.values(type.getFields())) {
    const member = members[name]
    if (member !== undefined) coerced[name] = coerceBelow(own, member, name, walk)
    else if (defaultValue !== undefined) coerced[name] = defaultValue
    else if (isNonNullType(own)) walk.refuse([...walk.path, name], `required type "${own}" was not provided`)
  }
  return coerced
}

function refuseUnknown(type: GraphQLInputObjectType, members: Members, { path, refuse }: Walk): void {
  const fields = type.getFields()
  for (const name of Object.keys(members)) {
    if (fields[name]) continue
    refuse(path, `${quote(name)} is not defined by type "${type}"`)
  }
}

function refuseOthersThanOne(type: GraphQLInputObjectType, coerced: Members, { path, refuse }: Walk): void {
  const [name = '', ...others] = Object.keys(coerced)
  if (name === '' || others.length > 0) refuse(path, `exactly one member must be given for OneOf type "${type}"`)
  if (coerced[name] === null) refuse([...path, name], 'it must not be null')
}

/** What `typeof` says of values that GraphQL's own scalars may take. They print all others into their errors, however long. */
const kinds = new Map<GraphQLLeafType, readonly string[]>([
  [GraphQLString, ['string']],
  [GraphQLID, ['string', 'number']],
  [GraphQLInt, ['number']],
  [GraphQLFloat, ['number']],
  [GraphQLBoolean, ['boolean']],
])

function coerceLeaf(type: GraphQLLeafType, value: unknown, { path, refuse }: Walk): unknown {
  const parsed = isAcceptable(type, value) ? parsedBy(type, value) : undefined
  return parsed === undefined ? refuse(path, `expected type "${type}"`) : parsed
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
