/** The matrix as Markdown, JSON or HTML. */
import { cellWords } from './cell-words.ts'
import { type Matrix, type Row, rowsByType } from './matrix.ts'
import { type Change, changesBetween } from './matrix-diff.ts'
import { matrixPage } from './matrix-page.ts'

/** One line without an unescaped `|`. Backslashes are escaped too, so that they can not undo the escape. */
function escaped(cell: string): string {
  return cell.replace(/[\\|]/g, '\\$&').replace(/\s+/g, ' ')
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function section(type: string, rows: readonly Row[], callers: readonly string[]): string {
  const cells = rows.map((row) => [row.field, row.rule, ...callers.map((caller) => cellWords(row.cells[caller]))])
  return `## ${type}\n\n${table(['field', 'rule', ...callers], cells)}\n`
}

function changed(changes: readonly Change[]): string {
  const rows = changes.map(({ type, field, caller, before, after }) => [`${type}.${field}`, caller, before, after])
  return `## Changed\n\n${rows.length > 0 ? table(['field', 'caller', 'before', 'after'], rows) : 'Nothing.'}\n`
}

const legend =
  '*yes*: allowed. *no*: FORBIDDEN. *sign in*: UNAUTHENTICATED. *not found*: NOT_FOUND. *undecidable*: UNAVAILABLE. ' +
  '*if …*: depends on the object or the arguments.'

function markdown(matrix: Matrix, before?: Matrix): string {
  const sections = rowsByType(matrix).map(([type, rows]) => section(type, rows, matrix.callers))
  const news = before ? [changed(changesBetween(before, matrix))] : []
  return ['# Who may read and do what\n', `${legend}\n`, ...news, ...sections].join('\n')
}

export type MatrixFormat = 'md' | 'json' | 'html'

const formats: Readonly<Record<MatrixFormat, (matrix: Matrix, before?: Matrix) => string>> = {
  md: markdown,
  json: (matrix) => `${JSON.stringify(matrix, null, 2)}\n`,
  html: matrixPage,
}

/**
 * Whether a word is the name of a format.
 * @internal
 */
export function isMatrixFormat(word: string): word is MatrixFormat {
  return Object.hasOwn(formats, word)
}

/**
 * The matrix as text. With `before`, an earlier matrix, the text also lists what changed.
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { matrixOf } from '@fieldnotes/policy/matrix'
 * import { formatMatrix } from '@fieldnotes/policy/matrix-text'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * console.log(formatMatrix(matrixOf(types, table, { anonymous }), 'md'))
 * ```
 */
export function formatMatrix(matrix: Matrix, format: MatrixFormat, before?: Matrix): string {
  return formats[format](matrix, before)
}
