import { keyNames, type TableShape } from '@fieldnotes/table/table-shapes'
import { stage } from './current-stage'
import { kept } from './kept'

const { partitionKey, sortKey, timeToLive } = keyNames

/**
 * Settings that all tables share: keys, expiry, encryption, and in production protection against deletion and
 * replacement. Point-in-time recovery is on in every stage where the shape says so.
 */
export function optionsOf({ backups }: TableShape) {
  return {
    fields: { [partitionKey]: 'string', [sortKey]: 'string' },
    primaryIndex: { hashKey: partitionKey, rangeKey: sortKey },
    ttl: timeToLive,
    deletionProtection: stage.keep,
    transform: {
      table: (args: aws.dynamodb.TableArgs, options: $util.CustomResourceOptions) => {
        args.pointInTimeRecovery = { enabled: backups }
        // The AWS managed key: its use is logged in CloudTrail, and it needs no key policy.
        args.serverSideEncryption = { enabled: true }
        Object.assign(options, kept)
      },
    },
  } satisfies sst.aws.DynamoArgs
}
