/** Reads and writes of the table as plain data. `command-inputs.ts` makes DynamoDB's requests of them. */
import type { tableShapes } from './table-shapes.ts'

export interface Key {
  readonly pk: string
  readonly sk: string
}

export type Item = Key & Readonly<Record<string, unknown>>

/** One comparison with an attribute of the stored item. */
export type Clause =
  | readonly [test: 'absent' | 'exists', attribute: string]
  | readonly [test: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'contains', attribute: string, value: unknown]

/** Holds where all clauses of at least one list hold. */
export type Condition = readonly (readonly Clause[])[]

/** A change of some attributes, and its condition. In `set`, `undefined` removes the attribute. */
export interface Update {
  readonly update: Key
  readonly set?: Readonly<Record<string, unknown>>
  readonly add?: Readonly<Record<string, number>>
  readonly when?: Condition
}

/** A write and its condition. */
export type Write =
  | {
      readonly put: Item
      readonly when?: Condition
      /**
       * Set where no other write creates this key, so that an item there proves that this one took effect. The write is
       * not repeated after an attempt that got no answer: an item that was removed meanwhile would be created again.
       */
      readonly isNew?: true
    }
  | Update
  | { readonly remove: Key; readonly when?: Condition }

/** A query: a range of one partition, in the order of the sort key or of an index. */
export interface Query {
  readonly pk: string
  /** A local index of the notes. Items have the attributes that it projects; without an index they are complete. */
  readonly index?: keyof typeof tableShapes.notes.localIndexes | undefined
  /** Both bounds are inclusive. */
  readonly between: readonly [low: string, high: string]
  /** Starts after this key, whether or not its item still exists. */
  readonly after?: Key | undefined
  readonly forward: boolean
  /** Items to read, counted before `where` filters. */
  readonly limit: number
  readonly where?: Condition
}
