/** The differences between two matrices, for a reviewer. */
import { cellWords, directionOf } from './cell-words.ts'
import type { Matrix, Row } from './matrix.ts'

export interface Change {
  readonly type: string
  readonly field: string
  readonly caller: string
  readonly before: string
  readonly after: string
  /** Whether the caller gets more, less, or something else. */
  readonly direction: 'wider' | 'narrower' | 'other'
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
      const [was, is] = [old, now].map((rows) => rows.get(coordinate)?.cells[caller])
      const change = { before: cellWords(was), after: cellWords(is), direction: directionOf(was, is) }
      return change.before === change.after ? [] : [{ type, field, caller, ...change }]
    }),
  )
}
