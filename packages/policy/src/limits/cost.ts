/**
 * The cost of an operation: one for each value that the response can contain. A list counts as many times as its page
 * size.
 */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'
import { type Fragments, fragmentsOf } from './fragments.ts'

export interface CostLimits {
  /** The largest cost of one operation. */
  readonly costMax: number
  /** Items of a list without a page size; 10 by default. */
  readonly listSize?: number
  /** Items of a list that has no page size of its own, by `Type.field`. */
  readonly listSizes?: Readonly<Record<string, number>>
  /** The largest page. The field itself refuses larger ones, so that they count as this. Unbounded by default. */
  readonly pageSizeMax?: number
  /** Arguments that are page sizes; `first`, `last` and `limit` by default. */
  readonly sizeArguments?: readonly string[]
}

/** One operation, with the variables of its request. */
export interface Operation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

type Variables = Record<string, unknown>

/** What is the same for all fields of one operation. */
interface Counting extends Required<CostLimits> {
  readonly schema: GraphQLSchema
  readonly variables: Variables
  readonly fragments: Fragments
  /** Called where a variable may change the number of items. */
  readonly onVariable: () => void
}

/** The variables that the operation declares. A request may contain any number of others, which are never read. */
function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode, given: Readonly<Variables>): Variables {
  const values = variableDefinitions.map(({ variable: { name }, defaultValue }) => {
    const value = Object.hasOwn(given, name.value) ? given[name.value] : undefined
    return [name.value, value === undefined && defaultValue ? valueFromASTUntyped(defaultValue) : value]
  })
  return Object.fromEntries(values)
}

function read(node: ValueNode, variables: Variables): unknown {
  return valueFromASTUntyped(node, variables)
}

/** Whether the value of an argument may decide how many items the field has. */
function isSizeArgument(name: string, field: GraphQLField<unknown, unknown>, { sizeArguments }: Counting): boolean {
  return sizeArguments.includes(name) || isListType(getNullableType(field.type))
}

function holdsVariable(value: ValueNode): boolean {
  return (
    value.kind === Kind.VARIABLE ||
    (value.kind === Kind.LIST && value.values.some(holdsVariable)) ||
    (value.kind === Kind.OBJECT && value.fields.some((field) => holdsVariable(field.value)))
  )
}

function noteVariables(node: FieldNode, field: GraphQLField<unknown, unknown>, counting: Counting): void {
  for (const { name, value } of node.arguments ?? [])
    if (isSizeArgument(name.value, field, counting) && holdsVariable(value)) counting.onVariable()
}

/** The number of items by the field's own arguments: a page size, or the length of a list such as `ids`. */
function sizeByArguments(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  counting: Counting,
): number | undefined {
  const given = new Map((node.arguments ?? []).map(({ name, value }) => [name.value, read(value, counting.variables)]))
  const values = field.args.map(({ name, defaultValue }) => [name, given.get(name) ?? defaultValue] as const)
  const sizes = values.flatMap(([name, value]) => {
    if (Array.isArray(value) && isListType(getNullableType(field.type))) return [value.length]
    return counting.sizeArguments.includes(name) && typeof value === 'number' ? [value] : []
  })
  if (sizes.length === 0) return undefined
  return Math.min(Math.max(1, ...sizes), counting.pageSizeMax)
}

function fieldOf(type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
}

function hasSizeArgument(field: GraphQLField<unknown, unknown>, { sizeArguments }: Counting): boolean {
  return field.args.some(({ name }) => sizeArguments.includes(name))
}

/** The cost of one field. `page` is the page size of the connection around it: its lists have that many items. */
function costOfField(node: FieldNode, type: GraphQLNamedType, page: number | undefined, counting: Counting): number {
  const field = fieldOf(type, node.name.value)
  // `__schema` is no field of the schema: introspection has its own rule, and its size depends on no caller.
  if (!field) return 1
  noteVariables(node, field, counting)
  const isList = isListType(getNullableType(field.type))
  const own = counting.listSizes[`${type.name}.${node.name.value}`]
  const size =
    sizeByArguments(node, field, counting) ?? (hasSizeArgument(field, counting) ? counting.listSize : undefined)
  const items = isList ? (own ?? size ?? page ?? counting.listSize) : 1
  if (!node.selectionSet) return items
  const inner = isList ? undefined : size
  return 1 + items * costOfSet(node.selectionSet, getNamedType(field.type), inner, counting)
}

function costOfSet(
  set: SelectionSetNode,
  type: GraphQLNamedType,
  page: number | undefined,
  counting: Counting,
): number {
  let cost = 0
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) cost += costOfField(node, type, page, counting)
    else {
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : counting.fragments[node.name.value]
      const condition = inner?.typeCondition ? counting.schema.getType(inner.typeCondition.name.value) : type
      if (inner && condition && isCompositeType(condition))
        cost += costOfSet(inner.selectionSet, condition, page, counting)
    }
  }
  return cost
}

const defaults = {
  listSize: 10,
  listSizes: {},
  pageSizeMax: Number.POSITIVE_INFINITY,
  sizeArguments: ['first', 'last', 'limit'],
}

/** The type at the root of an operation. */
export function rootOf(schema: GraphQLSchema, operation: OperationDefinitionNode): GraphQLNamedType | undefined {
  return schema.getRootType(operation.operation) ?? undefined
}

/** A valid operation whose document is within the limits, its definition and its root type. */
export interface Costing {
  readonly operation: Operation
  readonly found: OperationDefinitionNode
  readonly root: GraphQLNamedType
}

/** The cost. `onVariable` is called when other variables could change it. */
export function measureCost({ operation, found, root }: Costing, limits: CostLimits, onVariable: () => void): number {
  const { schema, document, variables } = operation
  return costOfSet(found.selectionSet, root, undefined, {
    ...defaults,
    ...limits,
    schema,
    variables: variablesOf(found, variables ?? {}),
    fragments: fragmentsOf(document),
    onVariable,
  })
}
