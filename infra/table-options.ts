import { keyNames, type TableShape } from '@fieldnotes/table/table-shapes'
import { stage } from './current-stage'
import { kept } from './kept'

const { partitionKey, sortKey, timeToLive } = keyNames

/**
 * A ceiling on what a second can cost, in capacity units: above it the table throttles. Each request that the gateway
 * lets through may read a page of 100 notes (33) and write an edit by an editor (19).
 */
export const ceiling = { maxReadRequestUnits: stage.throttle.rate * 40, maxWriteRequestUnits: stage.throttle.rate * 20 }

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
      table: (args: aws.dynamodb.TableArgs, options: $util.CustomResourceOptions, name: string) => {
        args.pointInTimeRecovery = { enabled: backups }
        // The AWS managed key: its use is logged in CloudTrail, and it needs no key policy.
        args.serverSideEncryption = { enabled: true }
        args.onDemandThroughput = ceiling
        Object.assign(options, kept(name))
      },
    },
  } satisfies sst.aws.DynamoArgs
}
