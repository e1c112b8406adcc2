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

/**
 * The decisions made under this context so far, in the order of execution.
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { explanationOf } from '@fieldnotes/policy/explained-fields'
 * import { explaining } from '@fieldnotes/policy/explaining-schema'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, execute, parse } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const schema = explaining(types, table)
 * const args = { schema, document: parse('{ book { draft } }'), rootValue: { book: { draft: 'Notes' } } }
 * const contextValue = { principal: anonymous }
 * await execute({ ...args, contextValue })
 * explanationOf(contextValue).map(({ path, decision }) => [path, decision.allowed])
 * ```
 */
export function explanationOf(context: object): readonly ExplainedField[] {
  return kept.get(context) ?? []
}

/**
 * Adds a decision to those of the context.
 * @internal
 */
export function keepExplained(context: object, explained: ExplainedField): void {
  const list = kept.get(context) ?? []
  list.push(explained)
  kept.set(context, list)
}
