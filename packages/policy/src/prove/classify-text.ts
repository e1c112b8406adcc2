/** A classification as Markdown, for a review. */
import type { Classification, Difference, Reclassified, Undetermined } from './classify.ts'
import { exampleLines } from './prove-text.ts'

function count({ changes }: Classification, difference: Difference): string {
  return `${changes.filter((change) => change.difference === difference).length} ${difference}`
}

function row({ coordinate, caller, difference }: Reclassified): string {
  return `| \`${coordinate}\` | ${caller} | ${difference} |`
}

function section({ coordinate, caller, wider, narrower }: Reclassified): readonly string[] {
  const examples = [['wider', wider] as const, ['narrower', narrower] as const]
  return examples.flatMap(([direction, example]) =>
    example ? [`### ${coordinate}, ${caller}: ${direction}\n`, '```', ...exampleLines(example), '```', ''] : [],
  )
}

function undeterminedLine({ coordinate, leaf, facts }: Undetermined): string {
  return `- \`${coordinate}\`: \`${leaf}\` reads ${facts.join('; ')}, which the examples leave open.`
}

function undeterminedSection({ undetermined }: Classification): readonly string[] {
  return undetermined.length > 0 ? ['## Undetermined\n', ...undetermined.map(undeterminedLine), ''] : []
}

function renamedLines({ renamed }: Classification): readonly string[] {
  return [...renamed].map(([former, name]) => `- \`${former}\` is now called \`${name}\`, and has the same test.`)
}

function renamedSection(classification: Classification): readonly string[] {
  const lines = renamedLines(classification)
  return lines.length > 0 ? ['## Renamed\n', ...lines, ''] : []
}

/**
 * A table of all changes, the smallest example of each as a request, and what is undetermined.
 * @example
 * ```ts
 * import { classify } from '@fieldnotes/policy/classify'
 * import { formatClassification } from '@fieldnotes/policy/classify-text'
 * import { createModel } from '@fieldnotes/policy/prove'
 * import { person, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const types = buildSchema('type Query { draft: String }')
 * const [before, after] = [person, signedIn].map((draft) => createModel(types, { Query: { draft } }))
 * if (before && after) console.log(formatClassification(classify(before, after)))
 * ```
 */
export function formatClassification(classification: Classification): string {
  const { changes, undetermined, cells, callers } = classification
  const counts = (['wider', 'narrower', 'incomparable'] as const).map((difference) => count(classification, difference))
  const about = `${counts.join(', ')}, of ${cells} fields × kinds of caller (${callers.join(', ')}).`
  const renamed = renamedSection(classification)
  if (changes.length + undetermined.length === 0) return ['## Access\n', `Equal: ${about}\n`, ...renamed].join('\n')
  const table = ['| field | caller | change |', '| --- | --- | --- |', ...changes.map(row)]
  return [
    '## Access\n',
    `${about}\n`,
    ...table,
    '',
    ...changes.flatMap(section),
    ...undeterminedSection(classification),
    ...renamed,
  ].join('\n')
}
