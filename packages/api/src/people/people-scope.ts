/** What work on people needs: one caller's, for one operation. */
import type { Table } from '../store/table.ts'
import type { Caller } from './person.ts'

export interface PeopleDesk {
  readonly table: Table
  readonly caller: Caller
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** So many unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array
}
