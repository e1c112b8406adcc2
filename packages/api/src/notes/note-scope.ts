/** What every operation of one caller works with. Whose notes they are is fixed here and can't be given again. */

import type { Table } from '../store/table.ts'
import type { Cursors } from './cursors.ts'

export interface Desk {
  readonly table: Table
  readonly cursors: Cursors
  readonly personId: string
  /** The OAuth client the person works with. */
  readonly clientId: string | undefined
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** A new ULID for this millisecond; later ones of one desk sort behind earlier ones. */
  readonly newId: (ms: number) => string
}

/** RFC 3339 in UTC with milliseconds. */
export function instant(ms: number): string {
  return new Date(ms).toISOString()
}

export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/** Now, but always after `earlier`: the clocks of two machines differ, the order of one note's changes must not. */
export function instantAfter(earlier: string, now: number): string {
  return instant(Math.max(now, Date.parse(earlier) + 1))
}
