/** The explanation as text. */
import type { Decision } from '../decide/decision.ts'
import type { ExplainedField } from './explained-fields.ts'

function reasonOf(decision: Decision): string {
  if (decision.allowed) return decision.leaf
  if (decision.code === 'UNAVAILABLE') return `could not be decided: ${decision.leaf}`
  return decision.missing.length > 0 ? `missing: ${decision.missing.join(', or ')}` : decision.leaf
}

/**
 * The explanation as lines for a terminal: path, field, decision, and the rule that decided or would have to allow.
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { explain, explaining } from '@fieldnotes/policy/explaining-schema'
 * import { formatExplanation } from '@fieldnotes/policy/format-explanation'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, parse } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const schema = explaining(types, table)
 * const args = { schema, document: parse('{ book { draft } }'), rootValue: { book: { draft: 'Notes' } } }
 * const { explained } = await explain({ ...args, contextValue: { principal: anonymous } })
 * console.log(formatExplanation(explained))
 * ```
 */
export function formatExplanation(explanation: readonly ExplainedField[]): string {
  const rows = explanation.map(({ path, coordinate, decision, found }) => [
    path,
    coordinate,
    decision.allowed ? 'allowed' : decision.code,
    [reasonOf(decision), ...found].join('; '),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}
