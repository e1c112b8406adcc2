/** The one DynamoDB table as both the code and the infrastructure know it. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /**
   * The items of one person in the order of their last change. A *local* index, all attributes projected: it alone can be
   * read consistently, so that who writes and then lists sees the write. Its price: it can't be added to a table that
   * exists, and all of one person's items together with their copies in it may not exceed 10 GB.
   */
  localIndex: { name: 'byChange', sortKey: 'changeSk' },
  /** Seconds since the epoch. DynamoDB deletes late, so that code checks it too. */
  timeToLive: 'expiresAt',
} as const
