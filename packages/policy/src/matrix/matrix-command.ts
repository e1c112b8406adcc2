/** The command line of `npm run matrix`. */
import { parseArgs } from 'node:util'
import type { Matrix } from './matrix.ts'
import { formatMatrix, isMatrixFormat } from './matrix-text.ts'

/**
 * The text to print for `--format md|json|html` (md by default) and `--against FILE`, an earlier matrix as JSON.
 * @throws Error for other arguments
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { matrixOf } from '@fieldnotes/policy/matrix'
 * import { matrixCommand } from '@fieldnotes/policy/matrix-command'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const read = (file: string) => readFileSync(file, 'utf8')
 * console.log(matrixCommand(process.argv.slice(2), matrixOf(types, table, { anonymous }), read))
 * ```
 */
export function matrixCommand(args: readonly string[], matrix: Matrix, read: (file: string) => string): string {
  const options = { format: { type: 'string', default: 'md' }, against: { type: 'string' } } as const
  const { format, against } = parseArgs({ args: [...args], options }).values
  if (!isMatrixFormat(format)) throw new Error(`There is no format ${format}: say md, json or html.`)
  return formatMatrix(matrix, format, against === undefined ? undefined : (JSON.parse(read(against)) as Matrix))
}
