/** Which fields a selection asks of an object type (GraphQL §6.3.2 CollectFields), and the conditions under which it does. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql'
import type { Fragments } from '../limits/fragments.ts'

/** What decides which fields are asked, besides the type. `flags` holds the variables of `@skip` and `@include`. */
export interface Selecting {
  readonly schema: GraphQLSchema
  readonly fragments: Fragments
  readonly flags: Readonly<Record<string, unknown>>
}

function isAsked(node: SelectionNode, { flags }: Selecting): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, flags)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, flags)?.if !== false
  )
}

function appliesTo(
  type: GraphQLObjectType,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  { schema }: Selecting,
): boolean {
  const condition = typeCondition && typeFromAST(schema, typeCondition)
  if (!typeCondition || condition === type) return true
  return isAbstractType(condition) && schema.isSubType(condition, type)
}

/**
 * The fields that `sets`, laid over one another, ask of `type`, by response name and in order.
 * @throws GraphQLError when the condition of a directive has no value
 */
export function collect(
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  selecting: Selecting,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>()
  const seen = new Set<string>()

  const addFragment = (node: FragmentDefinitionNode | InlineFragmentNode): void => {
    if (appliesTo(type, node, selecting)) addSet(node.selectionSet)
  }
  const addSpread = ({ name: { value } }: FragmentSpreadNode): void => {
    const fragment = selecting.fragments[value]
    if (seen.has(value)) return
    seen.add(value)
    if (fragment) addFragment(fragment)
  }
  const addField = (node: FieldNode): void => {
    const key = node.alias?.value ?? node.name.value
    const known = fields.get(key)
    if (known) known.push(node)
    else fields.set(key, [node])
  }
  const add = (node: SelectionNode): void => {
    if (node.kind === Kind.FIELD) addField(node)
    else if (node.kind === Kind.INLINE_FRAGMENT) addFragment(node)
    else addSpread(node)
  }
  const addSet = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) if (isAsked(node, selecting)) add(node)
  }
  for (const set of sets) addSet(set)
  return fields
}
