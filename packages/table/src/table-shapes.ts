/** Keys, indexes, expiry and backups of each table, for the code and for the infrastructure. */

/** Attributes with a meaning for DynamoDB. Every table has the first three. */
export const keyNames = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Seconds since the epoch. DynamoDB deletes expired items late, so the code compares it with the clock too. */
  timeToLive: 'expiresAt',
  /** Sorts both local indexes of the notes. */
  changeKey: 'changeSk',
} as const

/** The shape of one table. */
export interface TableShape {
  /** Local secondary indexes, each with its projected attributes. All are sorted by `changeKey`. */
  readonly localIndexes: Readonly<Record<string, 'all' | readonly string[]>>
  /** Whether the table can be restored to any second of the last 35 days. */
  readonly backups: boolean
}

/** The tables. None has a global index: those can't be read consistently. */
export const tableShapes = {
  notes: {
    /**
     * Two local secondary indexes with one person's items in the order of their last change. `byChange` has whole
     * items, so that a page costs one request. `changePlaces` has no contents, so that delta sync does not pay for
     * them. Only local indexes can be read consistently, which a client that writes and then lists relies on. They
     * can't be added to an existing table, and one person's items with their copies in the indexes must not exceed
     * 10 GB.
     */
    localIndexes: { byChange: 'all', changePlaces: ['ownerId', 'reason', 'contentBytes'] },
    backups: true,
  },
  /** Sessions, the issuer's models, clients, revocations, group policies, API keys, exports. */
  access: { localIndexes: {}, backups: true },
  /** Counters alone, in a table of their own: a flood of requests does not slow sessions down. */
  rates: { localIndexes: {}, backups: false },
} as const satisfies Readonly<Record<string, TableShape>>

/** The name of a table in the code; a stage adds its own. */
export type TableName = keyof typeof tableShapes
