/** Creates the table in a local engine. In the cloud the infrastructure creates it, from the same shape. */
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  type Projection,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import type { TableConfig } from '../src/table-config.ts'
import { tableShape } from '../src/table-shapes.ts'

function text(AttributeName: string) {
  return { AttributeName, AttributeType: 'S' } as const
}

function keys(sortKey: string): KeySchemaElement[] {
  return [
    { AttributeName: tableShape.partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ]
}

function projection(attributes: 'all' | readonly string[]): Projection {
  return attributes === 'all'
    ? { ProjectionType: 'ALL' }
    : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...attributes] }
}

function creation(TableName: string) {
  return new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [tableShape.partitionKey, tableShape.sortKey, tableShape.changeKey].map(text),
    KeySchema: keys(tableShape.sortKey),
    LocalSecondaryIndexes: Object.entries(tableShape.localIndexes).map(([IndexName, attributes]) => ({
      IndexName,
      KeySchema: keys(tableShape.changeKey),
      Projection: projection(attributes),
    })),
  })
}

function expiry(TableName: string) {
  return new UpdateTimeToLiveCommand({
    TableName,
    TimeToLiveSpecification: { AttributeName: tableShape.timeToLive, Enabled: true },
  })
}

async function withClient(table: TableConfig, use: (client: DynamoDBClient) => Promise<unknown>): Promise<void> {
  const { region, endpoint } = table
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint }),
    // A local engine has no accounts; without credentials the SDK would search for some.
    ...(endpoint?.startsWith('http:') && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  })
  try {
    await use(client)
  } finally {
    client.destroy()
  }
}

/** Local indexes can't be added to a table. @throws Error for a table that was created without one of them */
async function assertIndexes(client: DynamoDBClient, TableName: string): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }))
  const names = Table?.LocalSecondaryIndexes?.map(({ IndexName }) => IndexName) ?? []
  const missing = Object.keys(tableShape.localIndexes).filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const words = 'it is of an earlier version, without the index'
    throw new Error(`${words} ${missing.join(', ')}, which can't be added: remove it (on a laptop: .local/notes.db)`)
  }
}

async function create(client: DynamoDBClient, TableName: string): Promise<void> {
  try {
    await client.send(creation(TableName))
  } catch (error) {
    if (error instanceof ResourceInUseException) return assertIndexes(client, TableName)
    throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName })
  await client.send(expiry(TableName))
}

/** Creates the table unless it exists. */
export function createTableIfMissing(table: TableConfig): Promise<void> {
  return withClient(table, (client) => create(client, table.name))
}

/** Deletes the table with everything in it. */
export function deleteTable(table: TableConfig): Promise<void> {
  return withClient(table, (client) => client.send(new DeleteTableCommand({ TableName: table.name })))
}
