/** Formats the authorization decisions of a response for a terminal. */
import type { Line } from '@fieldnotes/api/explain'
import { UsageError } from './usage-error.ts'

/** A response with the decisions that a development stage adds. */
export interface ExplainedResponse {
  readonly errors?: readonly Failure[]
  readonly extensions?: { readonly authorization?: readonly Line[] }
}

interface Failure {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code?: string }
}

function reasonOf({ decision, by, missing = [], found = [] }: Line): string {
  if (decision === 'allowed') return by
  if (decision === 'UNAVAILABLE') return `could not be decided: ${by}`
  return [missing.length > 0 ? `missing: ${missing.join(', or ')}` : by, ...found].join('; ')
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/**
 * One line for each field: path, rule, decision, and the reason or what was missing. `named` replaces ids by names.
 * @throws UsageError when the response has no decisions
 */
export function explanationText(
  { errors = [], extensions }: ExplainedResponse,
  named: (text: string) => string,
): string {
  const lines = extensions?.authorization ?? []
  const codes = new Map(errors.map((error) => [(error.path ?? []).join('.'), error.extensions?.code ?? '']))
  if (lines.length === 0) throw new UsageError(errors[0]?.message ?? 'The cloud that runs gives no explanations.')
  const rows = lines.map((line) => {
    const code = line.decision === 'allowed' ? codes.get(line.path) : undefined
    return [line.path, line.field, code ? `allowed, then ${code}` : line.decision, named(reasonOf(line))]
  })
  return `${columns(rows)}\n`
}
