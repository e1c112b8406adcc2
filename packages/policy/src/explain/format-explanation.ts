/** The explanation as text. */
import type { Decision } from '../decide/decision.ts'
import type { ExplainedField } from './explained-fields.ts'

function reasonOf(decision: Decision): string {
  if (decision.allowed) return decision.leaf
  if (decision.code === 'UNAVAILABLE') return `could not be decided: ${decision.leaf}`
  return decision.missing.length > 0 ? `missing: ${decision.missing.join(', or ')}` : decision.leaf
}

/** The explanation as lines for a terminal: path, field, decision, and the rule that decided or would have to allow. */
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
