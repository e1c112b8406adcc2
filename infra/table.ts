import { tableShape } from '@fieldnotes/core/table-shape'
import { stage } from './stage'

const { partitionKey, sortKey, changeKey, localIndexes, timeToLive } = tableShape

/** The one table. Point-in-time recovery is on everywhere; production also refuses to delete it. */
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
      // The AWS managed key: auditable in CloudTrail, and no key policy of ours to get wrong.
      args.serverSideEncryption = { enabled: true }
    },
  },
})

/** What `packages/api` does with the table, and nothing more. A test compares the list with the commands in its source. */
export const tablePermissions = [
  {
    actions: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    resources: [table.arn],
  },
  {
    actions: ['dynamodb:Query'],
    resources: Object.keys(localIndexes).map((name) => $interpolate`${table.arn}/index/${name}`),
  },
]
