/** A cell of the matrix in words: whole for a file, short for the page, and as a sentence for a reader. */
import type { Cell, Matrix } from './matrix.ts'

const denials = {
  UNAUTHENTICATED: 'sign in',
  FORBIDDEN: 'no',
  NOT_FOUND: 'not found',
  UNAVAILABLE: 'undecidable',
} as const

/** A cell in a few words. A condition is the whole text of what decides. */
export function cellWords(cell: Cell | undefined): string {
  if (!cell) return 'absent'
  if (cell.verdict === 'allow') return 'yes'
  if (cell.verdict === 'depends') return `if ${cell.on}`
  return cell.codes.map((code) => denials[code]).join(' or ')
}

/** Longest condition that is shown whole, in characters. */
const shortMax = 16

/** The words of a cell for the page: a condition by its short word, or by its beginning if it is long. */
export function shortened(cell: string, words: Matrix['words'] = {}): string {
  const [, condition] = /^if (.*)$/s.exec(cell) ?? []
  if (condition === undefined) return cell
  if (Object.hasOwn(words, condition)) return `if ${words[condition]}`
  return condition.length <= shortMax ? cell : `if ${condition.slice(0, shortMax - 1).trimEnd()}…`
}

const meanings = {
  UNAUTHENTICATED: 'must sign in first (UNAUTHENTICATED)',
  FORBIDDEN: 'may not (FORBIDDEN)',
  NOT_FOUND: 'gets the same answer as for what does not exist (NOT_FOUND)',
  UNAVAILABLE: 'no decision: the rule fails (UNAVAILABLE)',
} as const

/** What a cell means, as a predicate of the caller. */
export function meaningOf(cell: Cell | undefined): string {
  if (!cell) return 'is not in this matrix'
  if (cell.verdict === 'allow') return 'may, always'
  if (cell.verdict === 'depends') return `may if ${cell.on}`
  return cell.codes.map((code) => meanings[code]).join(', or ')
}

/** How much a cell gives: nothing, something, everything. */
function reachOf(cell: Cell | undefined): number {
  if (!cell || cell.verdict === 'deny') return 0
  return cell.verdict === 'depends' ? 1 : 2
}

/** Whether a cell gives more than it did, less, or something else. */
export function directionOf(before: Cell | undefined, after: Cell | undefined): 'wider' | 'narrower' | 'other' {
  const difference = reachOf(after) - reachOf(before)
  if (difference === 0) return 'other'
  return difference > 0 ? 'wider' : 'narrower'
}
