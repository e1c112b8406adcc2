/** The decisions of one execution, kept by its context. */
import type { Decision } from '../decide/decision.ts'

/** The decision on one field of a response. */
export interface ExplainedField {
  /** The path in the response, such as `order.total`. */
  readonly path: string
  /** The schema coordinate of the field, such as `Order.total`. */
  readonly coordinate: string
  readonly decision: Decision
  /** What the refusing rules found, such as `bought by alice`; each once. */
  readonly found: readonly string[]
}

const kept = new WeakMap<object, ExplainedField[]>()

/** The decisions made under this context so far, in the order of execution. */
export function explanationOf(context: object): readonly ExplainedField[] {
  return kept.get(context) ?? []
}

/** Adds a decision to those of the context. */
export function keepExplained(context: object, explained: ExplainedField): void {
  const list = kept.get(context) ?? []
  list.push(explained)
  kept.set(context, list)
}
