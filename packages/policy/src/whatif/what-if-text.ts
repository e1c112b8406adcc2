/** The result of `whatIf` as text. */
import type { ChangedOutcome, Undetermined, WhatIf } from './what-if.ts'

function changedLine({ field, caller, before, after, count }: ChangedOutcome): string {
  return `  ${String(count).padStart(8)}  ${field}, ${caller}: ${before} → ${after}`
}

function undeterminedLine({ field, missing, count }: Undetermined): string {
  return `  ${String(count).padStart(8)}  ${field}: not recorded: ${missing.join('; ')}`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function total(entries: readonly { readonly count: number }[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0)
}

/**
 * The counts, then a line for each field, kind of caller and outcome that would differ.
 * @example
 * ```ts
 * import { createModel } from '@fieldnotes/policy/prove'
 * import { signedIn } from '@fieldnotes/policy/rules'
 * import { whatIf } from '@fieldnotes/policy/what-if'
 * import { formatWhatIf } from '@fieldnotes/policy/what-if-text'
 * import { buildSchema } from 'graphql'
 *
 * const model = createModel(buildSchema('type Query { draft: String }'), { Query: { draft: signedIn } })
 * console.log(formatWhatIf(whatIf(model, [])))
 * ```
 */
export function formatWhatIf({ decisions, changed, undetermined, unreadable }: WhatIf): string {
  const counts = `${total(changed)} changed, ${total(undetermined)} undetermined`
  const lines = [
    `${decisions} recorded decisions: ${counts}.${unreadable > 0 ? ` ${unreadable} values are no records.` : ''}`,
    ...section('Changed:', changed.map(changedLine)),
    ...section('Undetermined:', undetermined.map(undeterminedLine)),
  ]
  return `${lines.join('\n')}\n`
}
