/** The permission matrix: the decision on every field for every kind of caller, from the rules alone. */
import type { Principal } from '@fieldnotes/core/principal'
import type { GraphQLSchema } from 'graphql'
import { verdictOf } from '../decide/caller-verdicts.ts'
import { readDecisions } from '../decide/check-table.ts'
import type { RefusalCode } from '../decide/decision.ts'
import { type KnownLeaves, partiallyEvaluate } from '../decide/partial-evaluation.ts'
import { describe } from '../rule/describe.ts'
import type { RuleTable } from '../rule/rule-table.ts'
import type { Tree } from '../rule/tree.ts'
import { outcomesOf } from './outcomes.ts'

export type Cell =
  | { readonly verdict: 'allow' }
  /** The codes of the refusal; more than one when the object decides which. */
  | { readonly verdict: 'deny'; readonly codes: readonly RefusalCode[] }
  /** `on` is the part of the rule that depends on the object or the arguments. */
  | { readonly verdict: 'depends'; readonly on: string }

export interface Row {
  readonly type: string
  readonly field: string
  /** The rule in words. */
  readonly rule: string
  /** One cell for each kind of caller, by name. */
  readonly cells: Readonly<Record<string, Cell>>
}

export interface Matrix {
  readonly callers: readonly string[]
  readonly rows: readonly Row[]
  /** A short word for a condition (`on` of a cell), by its whole text. The page shows it in place of the text. */
  readonly words?: Readonly<Record<string, string>>
}

/**
 * The rows of each type, in the order of the matrix. (`Object.groupBy` is missing in Node 20.)
 * @internal
 */
export function rowsByType({ rows }: Matrix): readonly (readonly [type: string, rows: readonly Row[]])[] {
  const byType = new Map<string, Row[]>()
  for (const row of rows) byType.set(row.type, [...(byType.get(row.type) ?? []), row])
  return [...byType]
}

/**
 * Kinds of caller by name, each with a principal that represents the kind, or with several that differ in what the kind
 * leaves open: with a verified e-mail address, and without one. A rule on it is then a condition of the cell.
 */
export type Kinds = Readonly<Record<string, Principal | readonly Principal[]>>

function representatives(kind: Principal | readonly Principal[]): readonly Principal[] {
  return 'kind' in kind ? [kind] : kind
}

/** A leaf that throws, or differs within the kind, stays unknown, and keeps its name in the cell. */
function knownTo(principals: readonly Principal[]): KnownLeaves {
  return (leaf) => {
    const [first, ...others] = principals.map((principal) => verdictOf(leaf, principal))
    return typeof first === 'boolean' && others.every((other) => other === first) ? first : undefined
  }
}

function cellOf(tree: Tree, principals: readonly Principal[]): Cell {
  const outcomes = new Set(principals.flatMap((principal) => [...outcomesOf(tree, principal)]))
  const codes = [...outcomes].filter((outcome) => outcome !== 'allowed').sort()
  if (codes.length === outcomes.size) return { verdict: 'deny', codes }
  return codes.length === 0
    ? { verdict: 'allow' }
    : { verdict: 'depends', on: describe(partiallyEvaluate(tree, knownTo(principals))) }
}

function rowOf(coordinate: string, tree: Tree, kinds: Kinds): Row {
  const [type = '', field = ''] = coordinate.split('.')
  const cells = Object.entries(kinds).map(([name, kind]) => [name, cellOf(tree, representatives(kind))])
  return { type, field, rule: describe(tree), cells: Object.fromEntries(cells) }
}

/**
 * Every field × every kind of caller, in the order of the schema. `words` are short words for conditions of cells.
 * @throws PolicyError for a table that does not start
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { matrixOf } from '@fieldnotes/policy/matrix'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const { rows } = matrixOf(types, table, { anonymous })
 * rows.map(({ type, field, cells }) => [type, field, cells.anonymous])
 * ```
 */
export function matrixOf<Types>(
  schema: GraphQLSchema,
  table: RuleTable<Types>,
  kinds: Kinds,
  words?: Matrix['words'],
): Matrix {
  return {
    callers: Object.keys(kinds),
    rows: [...readDecisions(schema, table)].map(([coordinate, tree]) => rowOf(coordinate, tree, kinds)),
    ...(words && { words }),
  }
}
