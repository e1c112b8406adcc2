/** The decisions of one execution that are kept, equal ones folded into one. */
import type { ObjectLeaf } from '../rule/leaf.ts'
import type { CallerFacts, Facts, RecordedDecision } from './recorded-decision.ts'

/**
 * Different decisions that are kept of one execution. Further ones are counted.
 * @example
 * ```ts
 * import { recordsMax } from '@fieldnotes/policy/recording-schema'
 *
 * console.log(`A log line has ${recordsMax} decisions at most.`)
 * ```
 */
export const recordsMax = 200

/** The decisions of one execution. */
export interface Recorded {
  readonly decisions: readonly RecordedDecision[]
  /** Decisions that are in no record, because the execution made more different ones than are kept. */
  readonly dropped: number
}

/** @internal */
export interface Kept {
  readonly byKey: Map<string, { readonly record: Omit<RecordedDecision, 'count'>; count: number }>
  readonly caller: CallerFacts
  dropped: number
  last?: ObjectFacts
}

/** @internal */
export interface ObjectFacts {
  readonly parent: unknown
  readonly leaves: readonly ObjectLeaf[]
  readonly facts: Facts
  readonly text: string
}

const kept = new WeakMap<object, Kept>()

/**
 * What is kept under a context; `fresh` makes the first.
 * @internal
 */
export function keptUnder(context: object, fresh: () => Kept): Kept {
  const state = kept.get(context) ?? fresh()
  kept.set(context, state)
  return state
}

/**
 * The decisions made under a context so far, equal ones folded into one.
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { createPolicy } from '@fieldnotes/policy/policy'
 * import { recordedIn, recording } from '@fieldnotes/policy/recording-schema'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, graphql } from 'graphql'
 *
 * const table = { Query: { title: allow, draft: signedIn } }
 * const { schema } = createPolicy(buildSchema('type Query { title: String draft: String }'), table)
 * const contextValue = { principal: anonymous }
 * await graphql({ schema: recording(schema, table), source: '{ title draft }', contextValue })
 * recordedIn(contextValue).decisions.map(({ field, outcome }) => [field, outcome])
 * ```
 */
export function recordedIn(context: object): Recorded {
  const found = kept.get(context)
  if (!found) return { decisions: [], dropped: 0 }
  const decisions = [...found.byKey.values()].map(({ record, count }) => ({ ...record, count }))
  return { decisions, dropped: found.dropped }
}

/**
 * Counts a decision.
 * @internal
 */
export function keep(state: Kept, { text }: ObjectFacts, record: Omit<RecordedDecision, 'count'>): void {
  // The caller of one execution is always the same.
  const key = `${record.field} ${record.outcome} ${text}`
  const known = state.byKey.get(key)
  if (known) known.count += 1
  else if (state.byKey.size < recordsMax) state.byKey.set(key, { record, count: 1 })
  else state.dropped += 1
}
