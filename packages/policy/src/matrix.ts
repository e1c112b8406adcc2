/** The permission matrix: every field × every kind of caller, from the rules alone. */
import type { Principal } from '@fieldnotes/core/principal'
import type { Decisions } from './check.ts'
import { type RefusalCode, refusalCode } from './decision.ts'
import { describe } from './describe.ts'
import { fold, type Known, outlook } from './fold.ts'
import { trace } from './trace.ts'
import type { Tree } from './tree.ts'

export type Cell =
  | { readonly verdict: 'allow' }
  | { readonly verdict: 'deny'; readonly code: RefusalCode }
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

const knownTo =
  (principal: Principal): Known =>
  (leaf) => {
    try {
      return leaf.test(principal) === true
    } catch {
      return undefined
    }
  }

const denied = (tree: Tree, folded: Tree, principal: Principal): Cell => {
  if (folded.kind !== 'constant') return { verdict: 'deny', code: refusalCode(principal, false) }
  const decision = trace(tree, { asked: { principal }, parent: undefined, args: {} })
  return { verdict: 'deny', code: decision.allowed ? 'UNAVAILABLE' : decision.code }
}

const cellOf = (tree: Tree, principal: Principal): Cell => {
  const folded = fold(tree, knownTo(principal))
  const verdict = outlook(folded)
  if (verdict === 'allow') return { verdict }
  return verdict === 'deny' ? denied(tree, folded, principal) : { verdict, on: describe(folded) }
}

const rowOf = (place: string, tree: Tree, kinds: Kinds): Row => {
  const [type = '', field = ''] = place.split('.')
  const cells = Object.entries(kinds).map(([name, principal]) => [name, cellOf(tree, principal)])
  return { type, field, rule: describe(tree), cells: Object.fromEntries(cells) }
}

/** The matrix of all decisions, in the order of the schema. */
export const matrixOf = (decisions: Decisions, kinds: Kinds): Matrix => ({
  callers: Object.keys(kinds),
  rows: [...decisions].map(([place, tree]) => rowOf(place, tree, kinds)),
})
