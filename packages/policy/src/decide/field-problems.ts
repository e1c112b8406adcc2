/** Rules that do not fit the field they decide. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { partiallyEvaluate } from './partial-evaluation.ts'

type Field = GraphQLField<unknown, unknown>
type Trees = ReadonlyMap<string, Tree>

/** The object types of a schema, without those of introspection. */
export function objectTypesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !isIntrospectionType(type),
  ) as GraphQLObjectType[]
}

/** Whether every caller may read the field, whatever the object is. */
function isOpen(tree: Tree): boolean {
  const remaining = partiallyEvaluate(tree)
  return remaining.kind === 'constant' && remaining.allowed
}

function nonNull(coordinate: string, field: Field, tree: Tree): readonly string[] {
  return isNonNullType(field.type) && !isOpen(tree)
    ? [
        `${coordinate} can be refused but is ${field.type}: a refusal would take its parent along. ` +
          'Make it nullable, or `allow` it.',
      ]
    : []
}

type Input = Pick<GraphQLArgument, 'name' | 'type'>

/** Whether a dotted path names an argument or a member of its input types. */
function hasArgument(inputs: readonly Input[], [name, ...rest]: readonly string[]): boolean {
  const input = inputs.find((candidate) => candidate.name === name)
  if (!input) return false
  const type = getNamedType(input.type)
  if (rest.length === 0) return true
  return isInputObjectType(type) && hasArgument(Object.values(type.getFields()), rest)
}

function unknownArguments(coordinate: string, field: Field, tree: Tree): readonly string[] {
  return leavesOf(tree)
    .flatMap((leaf) => (leaf.kind === 'object' && leaf.argument !== undefined ? [leaf.argument] : []))
    .filter((path) => !hasArgument(field.args, path.split('.')))
    .map((path) => `${coordinate} has no argument ${path}: mend the path of its guard.`)
}

/** Refusable fields that are non-null, and guards on arguments that the field lacks. */
export function fieldProblems(schema: GraphQLSchema, decisions: Trees): readonly string[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const coordinate = `${type.name}.${field.name}`
      const tree = decisions.get(coordinate)
      return tree ? [...nonNull(coordinate, field, tree), ...unknownArguments(coordinate, field, tree)] : []
    }),
  )
}

/** Every `Type.field` that a selection on `type` can reach. */
function reachable(schema: GraphQLSchema, type: GraphQLNamedType, seen = new Set<string>()): ReadonlySet<string> {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : []
  for (const each of types)
    for (const field of Object.values(each.getFields())) {
      const coordinate = `${each.name}.${field.name}`
      if (seen.has(coordinate)) continue
      seen.add(coordinate)
      reachable(schema, getNamedType(field.type), seen)
    }
  return seen
}

/** Mutations that are `allow` while their payload has a rule: it would be evaluated after the write. */
export function lateGuards(schema: GraphQLSchema, decisions: Trees): readonly string[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const coordinate = `${schema.getMutationType()?.name}.${field.name}`
    const tree = decisions.get(coordinate)
    if (!tree || !isOpen(tree)) return []
    const guarded = [...reachable(schema, getNamedType(field.type))].find(
      (below) => !isOpen(decisions.get(below) ?? tree),
    )
    if (!guarded) return []
    return [
      `${coordinate} is \`allow\`, but ${guarded} in its payload has a rule, ` +
        `which would be evaluated after the write: guard ${coordinate} itself, or say \`anyone\`.`,
    ]
  })
}
