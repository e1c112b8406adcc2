/** The fields that an operation selects, on each type that their objects can have. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** A field on one of the types that its object can have. */
export interface SelectedField {
  readonly type: GraphQLObjectType
  readonly node: FieldNode
}

/** Fragments by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** Whether a literal condition leaves the selection out. A variable may be anything: its selection is counted. */
function isLeftOut({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name, arguments: [condition] = [] }) => {
    if (condition?.value.kind !== Kind.BOOLEAN) return false
    return condition.value.value === (name.value === 'skip')
  })
}

function objectTypes(schema: GraphQLSchema, name: string): readonly GraphQLObjectType[] {
  const type = schema.getType(name)
  if (isAbstractType(type)) return schema.getPossibleTypes(type)
  return isObjectType(type) ? [type] : []
}

/** Every field that a selection on these types can read, on each type that its object can have. */
export function selectedFields(schema: GraphQLSchema, fragments: Fragments) {
  const found: SelectedField[] = []
  const seen = new Set<string>()
  const select = ({ selections }: SelectionSetNode, types: readonly GraphQLObjectType[]): void => {
    for (const node of selections) if (!isLeftOut(node)) add(node, types)
  }
  const addFragment = (condition: string | undefined, set: SelectionSetNode, types: readonly GraphQLObjectType[]) => {
    const possible = condition === undefined ? undefined : new Set(objectTypes(schema, condition))
    select(set, possible ? types.filter((type) => possible.has(type)) : types)
  }
  const addField = (node: FieldNode, types: readonly GraphQLObjectType[]): void => {
    for (const type of types) {
      const field = type.getFields()[node.name.value]
      if (!field) continue
      found.push({ type, node })
      if (node.selectionSet) select(node.selectionSet, objectTypes(schema, getNamedType(field.type).name))
    }
  }
  const addSpread = (name: string, types: readonly GraphQLObjectType[]): void => {
    const key = [name, ...types.map((type) => type.name)].join(' ')
    const fragment = fragments.get(name)
    if (!fragment || seen.has(key)) return
    seen.add(key)
    addFragment(fragment.typeCondition.name.value, fragment.selectionSet, types)
  }
  const add = (node: SelectionNode, types: readonly GraphQLObjectType[]): void => {
    if (node.kind === Kind.FIELD) addField(node, types)
    else if (node.kind === Kind.FRAGMENT_SPREAD) addSpread(node.name.value, types)
    else addFragment(node.typeCondition?.name.value, node.selectionSet, types)
  }
  return (set: SelectionSetNode, types: readonly GraphQLObjectType[]): readonly SelectedField[] => {
    select(set, types)
    return found
  }
}
