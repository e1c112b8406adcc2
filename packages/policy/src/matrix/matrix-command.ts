/** The command line of `npm run matrix`. */
import { parseArgs } from 'node:util'
import type { Matrix } from './matrix.ts'
import { formatMatrix, isMatrixFormat } from './matrix-text.ts'

/**
 * The text to print for `--format md|json|html` (md by default) and `--against FILE`, an earlier matrix as JSON.
 * @throws Error for other arguments
 */
export function matrixCommand(args: readonly string[], matrix: Matrix, read: (file: string) => string): string {
  const options = { format: { type: 'string', default: 'md' }, against: { type: 'string' } } as const
  const { format, against } = parseArgs({ args: [...args], options }).values
  if (!isMatrixFormat(format)) throw new Error(`There is no format ${format}: say md, json or html.`)
  return formatMatrix(matrix, format, against === undefined ? undefined : (JSON.parse(read(against)) as Matrix))
}
