/** Selections of all fields, generated from the SDL: a new field is selected automatically. */
import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLObjectType, getNamedType, isAbstractType, isObjectType } from 'graphql'

/** A selected field. */
export interface SelectedField {
  /** Response name. */
  readonly key: string
  readonly name: string
  /** Arguments as written, with parentheses. */
  readonly args?: string
  readonly shape?: Shape
}

/** Fields selected on a type. */
export interface Shape {
  readonly type: string
  /** Fields selected on the interface itself. */
  readonly common: readonly SelectedField[]
  /** Fields selected on each object type. */
  readonly on: Readonly<Record<string, readonly SelectedField[]>>
}

const file = new URL('../../../../api/src/schema.graphql', import.meta.url)

/** The schema as clients see it. */
export const schema = buildSchema(readFileSync(file, 'utf8'))

function pick(type: GraphQLObjectType, name: string): SelectedField {
  const inner = getNamedType(type.getFields()[name]?.type)
  if (!inner) throw new Error(`${type.name} has no ${name}`)
  const isLeaf = !isObjectType(inner) && !isAbstractType(inner)
  return { key: name, name, ...(!isLeaf && { shape: everything(inner.name, false) }) }
}

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is no object type`)
  return type
}

function every(type: GraphQLObjectType): readonly SelectedField[] {
  return Object.keys(type.getFields()).map((name) => pick(type, name))
}

/** Lists of each person of a list of notes cost more than an operation may. Others are refused them anyway. */
const costly = ['apps', 'sessions']

/** No object of these types is in these worlds, and an operation has few aliases: `revocation/` has their tests. */
const absent = ['ConnectedApp', 'Session']

/**
 * All fields of a type, recursively, but lists of people inside of other objects. It terminates because the schema
 * has no cycles.
 */
export function everything(name: string, isOutermost = true): Shape {
  const type = schema.getType(name)
  const isAlone = isOutermost && !isAbstractType(type)
  const fieldsOf = (object: string) =>
    every(objectType(object)).filter((field) => isAlone || object !== 'User' || !costly.includes(field.name))
  if (!isAbstractType(type)) return { type: name, common: [], on: { [name]: fieldsOf(name) } }
  const possible = schema.getPossibleTypes(type).filter((each) => !absent.includes(each.name))
  const on = possible.map((each) => [each.name, fieldsOf(each.name)] as const)
  const fields = 'getFields' in type ? Object.keys(type.getFields()) : []
  return { type: name, common: fields.map((field) => ({ key: field, name: field })), on: Object.fromEntries(on) }
}

/** The shape with only some of its top fields. */
export function only(shape: Shape, names: readonly string[]): Shape {
  return {
    ...shape,
    on: Object.fromEntries(
      Object.entries(shape.on).map(([type, picks]) => [type, picks.filter(({ name }) => names.includes(name))]),
    ),
  }
}

/** Every `Type.field` that a shape selects. */
export function coordinatesIn({ on }: Shape): readonly string[] {
  return Object.entries(on).flatMap(([type, picks]) =>
    picks.flatMap(({ name, shape }) => [`${type}.${name}`, ...(shape ? coordinatesIn(shape) : [])]),
  )
}

/** The root of an operation with one field. */
export function root(type: 'Query' | 'Mutation', pick: SelectedField): Shape {
  return { type, common: [], on: { [type]: [pick] } }
}

/** Whether a null of the field has an error beside it, by the directive in the schema. */
export function isExplained(type: string, field: string): boolean {
  const directives = objectType(type).getFields()[field]?.astNode?.directives ?? []
  return directives.some(({ name }) => name.value === 'semanticNonNull')
}
