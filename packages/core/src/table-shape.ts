/** The one DynamoDB table as both the code and the infrastructure know it. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Items of one partition in the order of their last change. */
  index: { name: 'byChange', partitionKey: 'changePk', sortKey: 'changeSk' },
  /** Seconds since the epoch. DynamoDB deletes late, so that code checks it too. */
  timeToLive: 'expiresAt',
} as const
