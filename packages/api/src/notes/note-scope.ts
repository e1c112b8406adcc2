/** The dependencies of every operation on notes, bound to one caller. No operation takes an owner's id. */
import type { Table } from '@fieldnotes/table/table'
import type { Cursors } from './cursors.ts'

export interface NoteScope {
  readonly table: Table
  readonly cursors: Cursors
  readonly personId: string
  /** The OAuth client of the caller's token. */
  readonly clientId: string | undefined
  /** Whether the caller's token reads notes. It is called for a refusal alone. */
  readonly readsNotes: () => boolean
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** A new ULID for this millisecond. Later ids of one scope sort after earlier ones. */
  readonly newId: (ms: number) => string
}
