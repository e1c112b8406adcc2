/** Keys and indexes of the DynamoDB table, for the code and for the infrastructure. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Sorts both indexes. */
  changeKey: 'changeSk',
  /**
   * Two local secondary indexes with one person's items in the order of their last change, each with its projected
   * attributes. `byChange` has whole items, so that a page costs one request. `changePlaces` has no contents, so that
   * delta sync does not pay for them. Only local indexes can be read consistently, which a client that writes and then
   * lists relies on. They can't be added to an existing table, and one person's items with their copies in the indexes
   * must not exceed 10 GB.
   */
  localIndexes: { byChange: 'all', changePlaces: ['ownerId', 'reason', 'contentBytes'] },
  /** Seconds since the epoch. DynamoDB deletes expired items late, so the code compares it with the clock too. */
  timeToLive: 'expiresAt',
} as const
