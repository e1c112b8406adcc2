/** The one table, made on a DynamoDB that has none. What the deployed cloud does in `infra/`. */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import type { TableConfig } from '@fieldnotes/api/config'
import { tableShape } from '@fieldnotes/core/table-shape'
import { Complaint, wordsOf } from './complaint.ts'

const { partitionKey, sortKey, localIndex, timeToLive } = tableShape

const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
]

const description = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keys(partitionKey, sortKey),
  AttributeDefinitions: [partitionKey, sortKey, localIndex.sortKey].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  LocalSecondaryIndexes: [
    {
      IndexName: localIndex.name,
      KeySchema: keys(partitionKey, localIndex.sortKey),
      Projection: { ProjectionType: 'ALL' },
    },
  ],
})

const create = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  try {
    await client.send(new CreateTableCommand(description(TableName)))
  } catch (error) {
    if (error instanceof ResourceInUseException) return
    throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName })
  const TimeToLiveSpecification = { AttributeName: timeToLive, Enabled: true }
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }))
}

const withClient = async (table: TableConfig, use: (client: DynamoDBClient) => Promise<unknown>): Promise<void> => {
  const { region, endpoint } = table
  const client = new DynamoDBClient({ region, ...(endpoint && { endpoint }) })
  try {
    await use(client)
  } finally {
    client.destroy()
  }
}

/** Makes the table unless it is there. @throws Complaint when the DynamoDB can't be reached or does not let us. */
export const createTable = async (table: TableConfig): Promise<void> => {
  try {
    await withClient(table, (client) => create(client, table.name))
  } catch (error) {
    const where = table.endpoint ?? table.region
    throw new Complaint(`DynamoDB at ${where} gives no table ${table.name}: ${wordsOf(error)}`)
  }
}

/** Deletes the table with everything in it. */
export const deleteTable = (table: TableConfig): Promise<void> =>
  withClient(table, (client) => client.send(new DeleteTableCommand({ TableName: table.name })))
