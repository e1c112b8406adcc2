/** The permission matrix: every field × every kind of caller, from the rules alone. */
import type { Principal } from '@fieldnotes/core/principal'
import type { GraphQLSchema } from 'graphql'
import { judgeCaller } from '../decide/callers.ts'
import { readDecisions } from '../decide/check-table.ts'
import type { RefusalCode } from '../decide/decision.ts'
import { fold, type Known } from '../decide/partial-evaluation.ts'
import { describe } from '../rule/describe.ts'
import type { Tree } from '../rule/tree.ts'
import type { RuleTable } from '../rules.ts'
import { outcomesOf } from './outcomes.ts'

export type Cell =
  | { readonly verdict: 'allow' }
  /** Its codes, more than one where it depends on the object which of them. */
  | { readonly verdict: 'deny'; readonly codes: readonly RefusalCode[] }
  /** What it depends on beside the caller: the object, or the arguments. */
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
}

/** Kinds of caller by name, each with a principal that stands for all of them. */
export type Kinds = Readonly<Record<string, Principal>>

/** A rule that can't be decided stays open, and keeps its name in the cell. */
function knownTo(principal: Principal): Known {
  return (leaf) => {
    const verdict = judgeCaller(leaf, principal)
    return typeof verdict === 'boolean' ? verdict : undefined
  }
}

function cellOf(tree: Tree, principal: Principal): Cell {
  const outcomes = outcomesOf(tree, principal)
  const codes = [...outcomes].filter((outcome) => outcome !== 'allowed').sort()
  if (codes.length === outcomes.size) return { verdict: 'deny', codes }
  return codes.length === 0
    ? { verdict: 'allow' }
    : { verdict: 'depends', on: describe(fold(tree, knownTo(principal))) }
}

function rowOf(place: string, tree: Tree, kinds: Kinds): Row {
  const [type = '', field = ''] = place.split('.')
  const cells = Object.entries(kinds).map(([name, principal]) => [name, cellOf(tree, principal)])
  return { type, field, rule: describe(tree), cells: Object.fromEntries(cells) }
}

/**
 * Every field × every kind of caller, in the order of the schema.
 * @throws PolicyError for a table that may not start
 */
export function matrixOf<Types>(schema: GraphQLSchema, table: RuleTable<Types>, kinds: Kinds): Matrix {
  return {
    callers: Object.keys(kinds),
    rows: [...readDecisions(schema, table)].map(([place, tree]) => rowOf(place, tree, kinds)),
  }
}
