/** What an operation costs: one for each value that the answer can hold, lists counted by their page size. */
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
  /** Items of a list that says nothing of its size; 10 unless told. */
  readonly listSize?: number
  /** Items of a list that has no page size of its own, by `Type.field`. */
  readonly listSizes?: Readonly<Record<string, number>>
  /** Larger pages are refused by the field itself, so that they count as this. Unbounded unless told. */
  readonly pageSizeMax?: number
  /** Arguments that say how many items come; `first`, `last` and `limit` unless told. */
  readonly sizeArguments?: readonly string[]
}

/** One operation and what it was sent with. */
export interface Operation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

type Variables = Record<string, unknown>

interface Scope extends Required<CostLimits> {
  readonly schema: GraphQLSchema
  readonly variables: Variables
  readonly fragments: Fragments
  /** Called where a variable may say how many items come. */
  readonly onVariable: () => void
}

/** The variables that the operation declares. A request may bring any number of others, which nothing reads. */
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

/** Whether the value of an argument may say how many items the field has. */
function sizes(name: string, field: GraphQLField<unknown, unknown>, { sizeArguments }: Scope): boolean {
  return sizeArguments.includes(name) || isListType(getNullableType(field.type))
}

function holdsVariable(value: ValueNode): boolean {
  return (
    value.kind === Kind.VARIABLE ||
    (value.kind === Kind.LIST && value.values.some(holdsVariable)) ||
    (value.kind === Kind.OBJECT && value.fields.some((field) => holdsVariable(field.value)))
  )
}

function noteVariables(node: FieldNode, field: GraphQLField<unknown, unknown>, scope: Scope): void {
  for (const { name, value } of node.arguments ?? [])
    if (sizes(name.value, field, scope) && holdsVariable(value)) scope.onVariable()
}

/** How many items the field's own arguments ask for: a page size, or one for each item of a list such as `ids`. */
function sizeAsked(node: FieldNode, field: GraphQLField<unknown, unknown>, scope: Scope): number | undefined {
  const given = new Map((node.arguments ?? []).map(({ name, value }) => [name.value, read(value, scope.variables)]))
  const values = field.args.map(({ name, defaultValue }) => [name, given.get(name) ?? defaultValue] as const)
  const sizes = values.flatMap(([name, value]) => {
    if (Array.isArray(value) && isListType(getNullableType(field.type))) return [value.length]
    return scope.sizeArguments.includes(name) && typeof value === 'number' ? [value] : []
  })
  if (sizes.length === 0) return undefined
  return Math.min(Math.max(1, ...sizes), scope.pageSizeMax)
}

function fieldOf(type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
}

function hasSizeArgument(field: GraphQLField<unknown, unknown>, { sizeArguments }: Scope): boolean {
  return field.args.some(({ name }) => sizeArguments.includes(name))
}

/** The cost of one field. `page` is what the connection around it was asked for: its lists have that many items. */
function costOfField(node: FieldNode, type: GraphQLNamedType, page: number | undefined, scope: Scope): number {
  const field = fieldOf(type, node.name.value)
  // `__schema` is no field of the schema: introspection is large by nature, the same for everybody, and switched apart.
  if (!field) return 1
  noteVariables(node, field, scope)
  const isList = isListType(getNullableType(field.type))
  const own = scope.listSizes[`${type.name}.${node.name.value}`]
  const asked = sizeAsked(node, field, scope) ?? (hasSizeArgument(field, scope) ? scope.listSize : undefined)
  const items = isList ? (own ?? asked ?? page ?? scope.listSize) : 1
  if (!node.selectionSet) return items
  const inner = isList ? undefined : asked
  return 1 + items * costOfSet(node.selectionSet, getNamedType(field.type), inner, scope)
}

function costOfSet(set: SelectionSetNode, type: GraphQLNamedType, page: number | undefined, scope: Scope): number {
  let cost = 0
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) cost += costOfField(node, type, page, scope)
    else {
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : scope.fragments[node.name.value]
      const condition = inner?.typeCondition ? scope.schema.getType(inner.typeCondition.name.value) : type
      if (inner && condition && isCompositeType(condition))
        cost += costOfSet(inner.selectionSet, condition, page, scope)
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

/** A valid operation whose document is within the limits, as it was found. */
export interface Costing {
  readonly operation: Operation
  readonly found: OperationDefinitionNode
  readonly root: GraphQLNamedType
}

/** The cost; `onVariable` is called when it may be another with other variables. */
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
