/** The fields that a selection selects on an object type (GraphQL §6.3.2 CollectFields). */
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

/** What decides which fields are selected, besides the type. */
export interface Collecting {
  readonly schema: GraphQLSchema
  readonly fragments: Fragments
  /** The values of the variables in `@skip` and `@include`. */
  readonly conditions: Readonly<Record<string, unknown>>
}

function isIncluded(node: SelectionNode, { conditions }: Collecting): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, conditions)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, conditions)?.if !== false
  )
}

function appliesTo(
  type: GraphQLObjectType,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  { schema }: Collecting,
): boolean {
  const condition = typeCondition && typeFromAST(schema, typeCondition)
  if (!typeCondition || condition === type) return true
  return isAbstractType(condition) && schema.isSubType(condition, type)
}

/**
 * The fields that `sets`, merged, select on `type`: by response name, in order.
 * @throws GraphQLError when the condition of a directive has no value
 */
export function collectFields(
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  collecting: Collecting,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>()
  const seen = new Set<string>()

  const addFragment = (node: FragmentDefinitionNode | InlineFragmentNode): void => {
    if (appliesTo(type, node, collecting)) addSet(node.selectionSet)
  }
  const addSpread = ({ name: { value } }: FragmentSpreadNode): void => {
    const fragment = collecting.fragments[value]
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
    for (const node of selections) if (isIncluded(node, collecting)) add(node)
  }
  for (const set of sets) addSet(set)
  return fields
}
