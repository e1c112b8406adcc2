/** The scopes that an operation needs, from the rules alone: for requesting a token that is not larger than its use. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql'
import { readDecisions } from '../decide/check-table.ts'
import { describe } from '../rule/describe.ts'
import type { Leaf } from '../rule/leaf.ts'
import type { RuleTable } from '../rule/rule-table.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { remainingOf } from './remaining.ts'
import { everyOf, type LeafResult, type ScopeSet, scopeSetsOf } from './scope-sets.ts'
import { type Fragments, type SelectedField, selectedFields } from './selected-fields.ts'

/** Scopes that are enough for every field of an operation, where the conditions hold. */
export interface SufficientScopes {
  readonly scopes: ScopeSet
  /** What fields need beside these scopes, in words: `Type.field` → such as `group staff`. */
  readonly conditions: ReadonlyMap<string, string>
}

/** What one operation needs of its caller. */
export interface OperationNeeds {
  /** Undefined for an operation without a name. */
  readonly name: string | undefined
  readonly kind: `${OperationDefinitionNode['operation']}`
  /**
   * The smallest first. A larger set that contains another one has other conditions. Where fields name more than eight
   * scopes, the smallest may be missing. Empty when a field is open to no caller.
   */
  readonly sets: readonly SufficientScopes[]
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

/** A selected field with its rule. */
interface RuledField {
  readonly coordinate: string
  readonly node: FieldNode
  readonly tree: Tree
}

function isScope(leaf: Leaf): leaf is Leaf & { readonly scope: string } {
  return leaf.kind === 'caller' && leaf.scope !== undefined
}

/** What holds for a token that has exactly these scopes; what depends on the caller or the object is not known. */
function resultsAt(node: FieldNode, scopes: ScopeSet): LeafResult {
  return (leaf) => {
    if (isScope(leaf)) return scopes.includes(leaf.scope)
    return leaf.kind === 'object' && leaf.argument !== undefined ? isGiven(leaf, node) : undefined
  }
}

/** The sets that are enough for every field of a caller for whom the rules in `refusing` do not hold. */
function setsWithout(refusing: ReadonlySet<Leaf>, fields: readonly RuledField[]): readonly ScopeSet[] {
  const parts = fields.map(({ tree, node }) => {
    const resultOf = resultsAt(node, [])
    return scopeSetsOf(tree, (leaf) => (refusing.has(leaf) ? false : resultOf(leaf)))
  })
  return everyOf(parts)
}

function isDependent(leaf: Leaf): boolean {
  return !isScope(leaf) && !(leaf.kind === 'object' && leaf.argument !== undefined)
}

/**
 * Sets for the caller who fulfils every rule that is not a scope, for one who fulfils all but one, and for one who
 * fulfils none: scopes can take the place of such a rule.
 */
function candidates(fields: readonly RuledField[]): readonly ScopeSet[] {
  const dependent = [...new Set(fields.flatMap(({ tree }) => leavesOf(tree).filter(isDependent)))]
  const assumed = [[], ...dependent.map((leaf) => [leaf]), dependent]
  const sets = assumed.flatMap((leaves) => setsWithout(new Set(leaves), fields))
  const distinct = new Map(sets.map((set) => [set.toSorted().join(' '), set]))
  return [...distinct.values()].toSorted((a, b) => a.length - b.length)
}

/** The conditions of a set; undefined for one that opens a field to no caller. */
function sufficient(scopes: ScopeSet, fields: readonly RuledField[]): readonly SufficientScopes[] {
  const conditions = new Map<string, string>()
  for (const { coordinate, tree, node } of fields) {
    const remaining = remainingOf(tree, resultsAt(node, scopes))
    if (remaining.kind !== 'constant') conditions.set(coordinate, describe(remaining))
    else if (!remaining.allowed) return []
  }
  return [{ scopes, conditions }]
}

function isAlike(a: SufficientScopes['conditions'], b: SufficientScopes['conditions']): boolean {
  return a.size === b.size && [...a].every(([field, words]) => b.get(field) === words)
}

/** Drops a set that contains another one with the same conditions. */
function needed(sets: readonly SufficientScopes[]): readonly SufficientScopes[] {
  const isBetter = (other: SufficientScopes, { scopes, conditions }: SufficientScopes) =>
    other.scopes.length < scopes.length &&
    other.scopes.every((scope) => scopes.includes(scope)) &&
    isAlike(other.conditions, conditions)
  return sets.filter((set) => !sets.some((other) => isBetter(other, set)))
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
 * needs?.sets[0]?.scopes // ['read', 'drafts']
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
  selected: readonly SelectedField[],
  decisions: ReadonlyMap<string, Tree>,
): OperationNeeds {
  const fields = selected.flatMap(({ type, node }): readonly RuledField[] => {
    const coordinate = `${type.name}.${node.name.value}`
    const tree = decisions.get(coordinate)
    return tree ? [{ coordinate, node, tree }] : []
  })
  const sets = candidates(fields).flatMap((scopes) => sufficient(scopes, fields))
  return { name: name?.value, kind: operation, sets: needed(sets) }
}
