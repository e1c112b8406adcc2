/** The one DynamoDB table as both the code and the infrastructure know it. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Sorts both indexes. */
  changeKey: 'changeSk',
  /**
   * The items of one person in the order of their last change, twice: whole, so that a page is one request, and as places
   * alone, so that looking for changes does not pay for contents. Each with the attributes it holds beside all keys. They are
   * *local* indexes: these alone can be read consistently, so that who writes and then lists sees the write. Their price:
   * they can't be added to a table that exists, and all of one person's items together with their copies may not exceed 10 GB.
   */
  localIndexes: { byChange: 'all', changePlaces: ['ownerId', 'reason', 'contentBytes'] },
  /** Seconds since the epoch. DynamoDB deletes late, so that code checks it too. */
  timeToLive: 'expiresAt',
} as const
