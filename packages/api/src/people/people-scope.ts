/** The dependencies of every operation on people, bound to one caller. */
import type { Table } from '@fieldnotes/table/table'
import type { Caller } from './person.ts'

export interface PeopleScope {
  readonly table: Table
  readonly caller: Caller
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Returns this many unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array
}
