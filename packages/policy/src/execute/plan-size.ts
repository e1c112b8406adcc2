/** The number of fields that the plan of an operation can have, which decides how much memory it holds. */
import {
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Fragments } from '../limits/fragments.ts'

function possibleTypesOf(schema: GraphQLSchema, type: GraphQLNamedType | undefined): readonly GraphQLObjectType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type)
  return isObjectType(type) ? [type] : []
}

/**
 * Counts the fields of a selection with every fragment expanded, and once for each object type that an interface or
 * union can be. A fragment that contains itself has infinitely many.
 */
export function createFieldCounter(
  schema: GraphQLSchema,
  fragments: Fragments,
): (set: SelectionSetNode, type: GraphQLObjectType) => number {
  const counts = new Map<SelectionSetNode, Map<GraphQLObjectType, number>>()

  const countFragment = (
    { selectionSet, typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
    type: GraphQLObjectType,
  ): number => {
    const condition = typeCondition && schema.getType(typeCondition.name.value)
    return !typeCondition || possibleTypesOf(schema, condition).includes(type) ? count(selectionSet, type) : 0
  }
  const countNode = (node: SelectionNode, type: GraphQLObjectType): number => {
    if (node.kind === Kind.INLINE_FRAGMENT) return countFragment(node, type)
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments[node.name.value]
      return fragment ? countFragment(fragment, type) : 0
    }
    const { selectionSet } = node
    const definition = type.getFields()[node.name.value]
    if (!selectionSet || !definition) return 1
    const below = possibleTypesOf(schema, getNamedType(definition.type))
    return below.reduce((sum, each) => sum + count(selectionSet, each), 1)
  }
  const count = (set: SelectionSetNode, type: GraphQLObjectType): number => {
    const byType = counts.get(set) ?? new Map<GraphQLObjectType, number>()
    counts.set(set, byType)
    const known = byType.get(type)
    if (known !== undefined) return known
    // Infinity until it is known: a fragment that contains itself never is.
    byType.set(type, Number.POSITIVE_INFINITY)
    const found = set.selections.reduce((sum, node) => sum + countNode(node, type), 0)
    byType.set(type, found)
    return found
  }
  return count
}
