/** What is asked for: every field there is, read off the SDL, so that a new field is asked for without a word here. */
import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLObjectType, getNamedType, isAbstractType, isObjectType } from 'graphql'

export interface Pick {
  /** Its name in the answer. */
  readonly key: string
  readonly name: string
  /** As written, parentheses included. */
  readonly args?: string
  readonly shape?: Shape
}

export interface Shape {
  readonly type: string
  /** Asked for on the interface itself. */
  readonly common: readonly Pick[]
  /** Asked for on each object type. */
  readonly on: Readonly<Record<string, readonly Pick[]>>
}

const file = new URL('../../../../api/src/schema.graphql', import.meta.url)

/** The schema as clients see it. */
export const schema = buildSchema(readFileSync(file, 'utf8'))

function pick(type: GraphQLObjectType, name: string): Pick {
  const inner = getNamedType(type.getFields()[name]?.type)
  if (!inner) throw new Error(`${type.name} has no ${name}`)
  const isLeaf = !isObjectType(inner) && !isAbstractType(inner)
  return { key: name, name, ...(!isLeaf && { shape: everything(inner.name) }) }
}

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is no object type`)
  return type
}

function every(type: GraphQLObjectType): readonly Pick[] {
  return Object.keys(type.getFields()).map((name) => pick(type, name))
}

/** All fields of a type and of all that hangs on it. The schema has no way back up, so that this ends. */
export function everything(name: string): Shape {
  const type = schema.getType(name)
  if (!isAbstractType(type)) return { type: name, common: [], on: { [name]: every(objectType(name)) } }
  const on = schema.getPossibleTypes(type).map((each) => [each.name, every(each)] as const)
  const fields = 'getFields' in type ? Object.keys(type.getFields()) : []
  return { type: name, common: fields.map((field) => ({ key: field, name: field })), on: Object.fromEntries(on) }
}

/** A shape with only some fields at the top. */
export function only(shape: Shape, names: readonly string[]): Shape {
  return {
    ...shape,
    on: Object.fromEntries(
      Object.entries(shape.on).map(([type, picks]) => [type, picks.filter(({ name }) => names.includes(name))]),
    ),
  }
}

/** Every `Type.field` that a shape asks for. */
export function placesIn({ on }: Shape): readonly string[] {
  return Object.entries(on).flatMap(([type, picks]) =>
    picks.flatMap(({ name, shape }) => [`${type}.${name}`, ...(shape ? placesIn(shape) : [])]),
  )
}

/** The root of an operation with one field. */
export function root(type: 'Query' | 'Mutation', pick: Pick): Shape {
  return { type, common: [], on: { [type]: [pick] } }
}
