import { tableShape } from '@fieldnotes/core/table-shape'
import { stage } from './stage'

const { partitionKey, sortKey, timeToLive } = tableShape
const index: { name: string; partitionKey?: string; sortKey: string } = tableShape.index

/** An index over the table's own partitions is a local one: it can be read consistently and is made with the table. */
const isLocal = index.partitionKey === undefined || index.partitionKey === partitionKey

const keys = new Set([partitionKey, sortKey, index.partitionKey ?? partitionKey, index.sortKey])

/** The one table. Point-in-time recovery is on everywhere; production also refuses to delete it. */
export const table = new sst.aws.Dynamo('Table', {
  fields: Object.fromEntries([...keys].map((key) => [key, 'string' as const])),
  primaryIndex: { hashKey: partitionKey, rangeKey: sortKey },
  ...(isLocal
    ? { localIndexes: { [index.name]: { rangeKey: index.sortKey } } }
    : { globalIndexes: { [index.name]: { hashKey: index.partitionKey ?? partitionKey, rangeKey: index.sortKey } } }),
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
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    resources: [table.arn],
  },
  { actions: ['dynamodb:Query'], resources: [$interpolate`${table.arn}/index/${index.name}`] },
]
