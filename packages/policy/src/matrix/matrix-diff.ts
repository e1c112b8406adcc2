/** The differences between two matrices, for a reviewer. */
import type { Cell, Matrix, Row } from './matrix.ts'

/** A cell in a few words. */
export function cellWords(cell: Cell | undefined): string {
  if (!cell) return 'absent'
  if (cell.verdict === 'allow') return 'yes'
  if (cell.verdict === 'depends') return `if ${cell.on}`
  return cell.codes.map((code) => denials[code]).join(' or ')
}

const denials = {
  UNAUTHENTICATED: 'sign in',
  FORBIDDEN: 'no',
  NOT_FOUND: 'not found',
  UNAVAILABLE: 'undecidable',
} as const

export interface Change {
  readonly type: string
  readonly field: string
  readonly caller: string
  readonly before: string
  readonly after: string
}

function coordinateOf({ type, field }: Row): string {
  return `${type}.${field}`
}

function byCoordinate(matrix: Matrix): ReadonlyMap<string, Row> {
  return new Map(matrix.rows.map((row) => [coordinateOf(row), row]))
}

/** Every cell that differs, also because its field or its kind of caller is new or was removed. */
export function changesBetween(before: Matrix, after: Matrix): readonly Change[] {
  const [old, now] = [byCoordinate(before), byCoordinate(after)]
  const callers = new Set([...after.callers, ...before.callers])
  return [...new Map([...old, ...now]).entries()].flatMap(([coordinate, { type, field }]) =>
    [...callers].flatMap((caller) => {
      const change = {
        before: cellWords(old.get(coordinate)?.cells[caller]),
        after: cellWords(now.get(coordinate)?.cells[caller]),
      }
      return change.before === change.after ? [] : [{ type, field, caller, ...change }]
    }),
  )
}
