/** Makes the table in a local engine. In the cloud the infrastructure makes it, from the same shape. */
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
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

const withClient = async (table: TableConfig, use: (client: DynamoDBClient) => Promise<unknown>): Promise<void> => {
  const { region, endpoint } = table
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint }),
    // A local engine knows no accounts; without any, the SDK would look for some.
    ...(endpoint?.startsWith('http:') && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  })
  try {
    await use(client)
  } finally {
    client.destroy()
  }
}

const create = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  try {
    await client.send(creation(TableName))
  } catch (error) {
    if (error instanceof ResourceInUseException) return
    throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName })
  await client.send(expiry(TableName))
}

/** Makes the table unless it is there already, whoever made it. */
export const createTableIfMissing = (table: TableConfig): Promise<void> =>
  withClient(table, (client) => create(client, table.name))

/** Deletes the table with everything in it. */
export const deleteTable = (table: TableConfig): Promise<void> =>
  withClient(table, (client) => client.send(new DeleteTableCommand({ TableName: table.name })))
