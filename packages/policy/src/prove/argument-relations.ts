/** Relations between guards on the arguments of a field, by the types of the arguments. */
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Leaf, ObjectLeaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'
import { requires } from './relations.ts'

function excludes(first: Tree, second: Tree): Tree {
  return { kind: 'not', tree: { kind: 'all', trees: [first, second] } }
}

type Guard = ObjectLeaf & { readonly argument: string }

type Input = Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>

interface Position {
  /** Whether every request gives it: a non-null argument, or one with a default value. */
  readonly given: boolean
  readonly listed: boolean
}

function isListed(type: GraphQLInputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

/** The position of a dotted path in the arguments of a field. */
function positionOf(inputs: readonly Input[], [name, ...rest]: readonly string[]): Position | undefined {
  const input = inputs.find((candidate) => candidate.name === name)
  if (!input) return undefined
  const isNonNull = isNonNullType(input.type)
  const own = { given: isNonNull || input.defaultValue !== undefined, listed: isListed(input.type) }
  if (rest.length === 0) return own
  const type = getNamedType(input.type)
  const inner = isInputObjectType(type) ? positionOf(Object.values(type.getFields()), rest) : undefined
  // An explicit null has no members, also where there is a default, and an empty list has no items.
  return inner && { given: isNonNull && inner.given && !own.listed, listed: own.listed || inner.listed }
}

function isSubset(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.every((value) => others.includes(value))
}

/** Whether what one guard reads is part of what another one reads. */
function isPart(one: Guard, other: Guard): boolean {
  if (one.argument.startsWith(`${other.argument}.`)) return other.values === undefined
  if (one.argument !== other.argument || one === other) return false
  return other.values === undefined || (one.values !== undefined && isSubset(one.values, other.values))
}

/** Whether a position with one value can not fulfil both guards. */
function areDisjoint(one: Guard, other: Guard): boolean {
  if (one.argument !== other.argument || !one.values || !other.values) return false
  return !one.values.some((value) => other.values?.includes(value))
}

function pairRelations(one: Guard, other: Guard, position: Position): readonly Tree[] {
  if (isPart(one, other)) return [requires(one, other)]
  return !position.listed && areDisjoint(one, other) ? [excludes(one, other)] : []
}

function argumentsOf(schema: GraphQLSchema, coordinate: string): readonly GraphQLArgument[] {
  const [typeName = '', fieldName = ''] = coordinate.split('.')
  const type = schema.getType(typeName)
  return (isObjectType(type) && type.getFields()[fieldName]?.args) || []
}

/** Which guards on the arguments of a field include, exclude or need each other, by the types of the arguments. */
export function argumentRelations(schema: GraphQLSchema, coordinate: string, atoms: readonly Leaf[]): readonly Tree[] {
  const inputs = argumentsOf(schema, coordinate)
  const guards = atoms.filter((leaf): leaf is Guard => leaf.kind === 'object' && leaf.argument !== undefined)
  return guards.flatMap((guard) => {
    const position = positionOf(inputs, guard.argument.split('.'))
    if (!position) return []
    const always = position.given && guard.values === undefined ? [guard] : []
    return [...always, ...guards.flatMap((other) => pairRelations(guard, other, position))]
  })
}
