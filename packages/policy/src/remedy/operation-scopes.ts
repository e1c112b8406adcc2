/** The scopes that an operation needs, from the rules alone: for requesting a token that is not larger than its use. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
  visit,
} from 'graphql'
import { readDecisions } from '../decide/check-table.ts'
import { partiallyEvaluate } from '../decide/partial-evaluation.ts'
import { describe } from '../rule/describe.ts'
import type { Leaf } from '../rule/leaf.ts'
import type { RuleTable } from '../rule/rule-table.ts'
import type { Tree } from '../rule/tree.ts'
import { everyOf, type LeafResult, type ScopeSet, scopeSetsOf } from './scope-sets.ts'

/** What one operation needs of its caller. */
export interface OperationNeeds {
  /** Undefined for an operation without a name. */
  readonly name: string | undefined
  readonly kind: `${OperationDefinitionNode['operation']}`
  /**
   * Sets of scopes, the smallest first; each is enough for every field. Where fields name more than eight
   * scopes, the smallest may be missing. Empty when a field is open to no caller.
   */
  readonly scopes: readonly ScopeSet[]
  /** What fields need beside scopes, in words: `Type.field` → such as `group staff`. */
  readonly conditions: ReadonlyMap<string, string>
}

interface SelectedField {
  readonly type: GraphQLObjectType
  readonly node: FieldNode
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

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
function selectedFields(schema: GraphQLSchema, fragments: Fragments) {
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

function hasVariables(node: FieldNode): boolean {
  const found: string[] = []
  for (const argument of node.arguments ?? []) visit(argument, { Variable: ({ name }) => void found.push(name.value) })
  return found.length > 0
}

/** An argument guard counts as concerned when variables may concern it. */
function isGiven(leaf: Extract<Leaf, { kind: 'object' }>, node: FieldNode): boolean {
  if (hasVariables(node)) return true
  const args = (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)])
  return leaf.test(undefined, Object.fromEntries(args), undefined as never, undefined) === true
}

/** A token without scopes, whose caller and objects fulfil everything else. */
function resultsAt(node: FieldNode): LeafResult {
  return (leaf) => {
    if (leaf.kind === 'caller') return leaf.scope === undefined ? undefined : false
    return leaf.argument === undefined ? undefined : isGiven(leaf, node)
  }
}

const allowed: Tree = { kind: 'constant', allowed: true }

/** An alternative that always allows makes the others irrelevant. (To decide they are kept, because they may throw.) */
function withoutIrrelevant(tree: Tree): Tree {
  if (!('trees' in tree)) return tree
  const inner = tree.trees.map(withoutIrrelevant)
  const isOpen = ({ kind, allowed }: { kind: string; allowed?: boolean }) => kind === 'constant' && allowed === true
  if (tree.kind === 'any') return inner.some(isOpen) ? allowed : { kind: 'any', trees: inner }
  const closed = inner.filter((each) => !isOpen(each))
  return closed.length === 0 ? allowed : { kind: 'all', trees: closed }
}

/** What remains of a rule for a token with every scope; undefined for nothing. */
function conditionOf(tree: Tree): string | undefined {
  const known = partiallyEvaluate(tree, (leaf) => (leaf.scope === undefined ? undefined : true))
  const remaining = withoutIrrelevant(known)
  return remaining.kind === 'constant' ? undefined : describe(remaining)
}

/**
 * What each operation of a valid document needs. Fields of every type that an object can have are counted, and both
 * values of a variable in `@skip` and `@include`.
 * @throws PolicyError for a table that does not start
 * @example
 * ```ts
 * import { scopesOfOperations } from '@fieldnotes/policy/operation-scopes'
 * import { allow, and, has } from '@fieldnotes/policy/rules'
 * import { buildSchema, parse } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: has('read') }, Book: { title: allow, draft: and(has('read'), has('drafts')) } }
 * const [needs] = scopesOfOperations(types, table, parse('{ book { title draft } }'))
 * needs?.scopes // [['read', 'drafts']]
 * ```
 */
export function scopesOfOperations<Types>(
  schema: GraphQLSchema,
  table: RuleTable<Types>,
  document: DocumentNode,
): readonly OperationNeeds[] {
  const decisions = readDecisions(schema, table)
  const fragments: Fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  )
  return document.definitions.flatMap((node) => {
    const root = node.kind === Kind.OPERATION_DEFINITION && schema.getRootType(node.operation)
    if (!root) return []
    return [needsOf(node, selectedFields(schema, fragments)(node.selectionSet, [root]), decisions)]
  })
}

function needsOf(
  { name, operation }: OperationDefinitionNode,
  fields: readonly SelectedField[],
  decisions: ReadonlyMap<string, Tree>,
): OperationNeeds {
  const parts: (readonly ScopeSet[])[] = []
  const conditions = new Map<string, string>()
  for (const { type, node } of fields) {
    const coordinate = `${type.name}.${node.name.value}`
    const tree = decisions.get(coordinate)
    if (!tree) continue
    parts.push(scopeSetsOf(tree, resultsAt(node)))
    const condition = conditionOf(tree)
    if (condition !== undefined) conditions.set(coordinate, condition)
  }
  return { name: name?.value, kind: operation, scopes: everyOf(parts), conditions }
}
