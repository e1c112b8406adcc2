import { tableShape } from '@fieldnotes/table/table-shapes'
import { stage } from './current-stage'

const { partitionKey, sortKey, changeKey, localIndexes, timeToLive } = tableShape

/** The one table. Point-in-time recovery is on in every stage; production also has deletion protection. */
export const table = new sst.aws.Dynamo('Table', {
  fields: { [partitionKey]: 'string', [sortKey]: 'string', [changeKey]: 'string' },
  primaryIndex: { hashKey: partitionKey, rangeKey: sortKey },
  localIndexes: {
    byChange: { rangeKey: changeKey, projection: localIndexes.byChange },
    changePlaces: { rangeKey: changeKey, projection: [...localIndexes.changePlaces] },
  },
  ttl: timeToLive,
  deletionProtection: stage.keep,
  transform: {
    table: (args) => {
      args.pointInTimeRecovery = { enabled: true }
      // The AWS managed key: its use is logged in CloudTrail, and it needs no key policy.
      args.serverSideEncryption = { enabled: true }
    },
  },
})
