/** Makes the table in a local engine. In the cloud the infrastructure makes it, from the same shape. */
import {
  CreateTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { tableShape } from '@fieldnotes/core/table-shape'
import type { TableConfig } from '../src/config.ts'

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const

const keys = (sortKey: string): KeySchemaElement[] => [
  { AttributeName: tableShape.partitionKey, KeyType: 'HASH' },
  { AttributeName: sortKey, KeyType: 'RANGE' },
]

const creation = (TableName: string) =>
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [tableShape.partitionKey, tableShape.sortKey, tableShape.localIndex.sortKey].map(text),
    KeySchema: keys(tableShape.sortKey),
    LocalSecondaryIndexes: [
      {
        IndexName: tableShape.localIndex.name,
        KeySchema: keys(tableShape.localIndex.sortKey),
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  })

const expiry = (TableName: string) =>
  new UpdateTimeToLiveCommand({
    TableName,
    TimeToLiveSpecification: { AttributeName: tableShape.timeToLive, Enabled: true },
  })

/** Makes the table unless it is there already, whoever made it. */
export const createTableIfMissing = async ({ name, region, endpoint }: TableConfig): Promise<void> => {
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint }),
    ...(endpoint?.startsWith('http:') && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  })
  try {
    await client.send(creation(name))
    await client.send(expiry(name))
  } catch (error) {
    if ((error as Error).name !== 'ResourceInUseException') throw error
  } finally {
    client.destroy()
  }
}
