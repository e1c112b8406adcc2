/** Creates tables in a local engine. In the cloud the infrastructure creates them, from the same shapes. */
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
import { keyNames, type TableName, type TableShape, tableShapes } from '../src/table-shapes.ts'

function text(AttributeName: string) {
  return { AttributeName, AttributeType: 'S' } as const
}

function keys(sortKey: string): KeySchemaElement[] {
  return [
    { AttributeName: keyNames.partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ]
}

function projection(attributes: 'all' | readonly string[]): Projection {
  return attributes === 'all'
    ? { ProjectionType: 'ALL' }
    : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...attributes] }
}

/** The members for local indexes; DynamoDB refuses an empty list, and an attribute that no key uses. */
function indexMembers({ localIndexes }: TableShape) {
  const { partitionKey, sortKey, changeKey } = keyNames
  const indexes = Object.entries(localIndexes)
  if (indexes.length === 0) return { AttributeDefinitions: [partitionKey, sortKey].map(text) }
  return {
    AttributeDefinitions: [partitionKey, sortKey, changeKey].map(text),
    LocalSecondaryIndexes: indexes.map(([IndexName, attributes]) => ({
      IndexName,
      KeySchema: keys(changeKey),
      Projection: projection(attributes),
    })),
  }
}

function creation(TableName: string, shape: TableShape) {
  return new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keys(keyNames.sortKey),
    ...indexMembers(shape),
  })
}

function expiry(TableName: string) {
  return new UpdateTimeToLiveCommand({
    TableName,
    TimeToLiveSpecification: { AttributeName: keyNames.timeToLive, Enabled: true },
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
async function assertIndexes(client: DynamoDBClient, TableName: string, shape: TableShape): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }))
  const names = Table?.LocalSecondaryIndexes?.map(({ IndexName }) => IndexName) ?? []
  const missing = Object.keys(shape.localIndexes).filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const words = 'it is of an earlier version, without the index'
    throw new Error(`${words} ${missing.join(', ')}, which can't be added: remove it (on a laptop: .local/notes.db)`)
  }
}

async function create(client: DynamoDBClient, TableName: string, shape: TableShape): Promise<void> {
  try {
    await client.send(creation(TableName, shape))
  } catch (error) {
    if (error instanceof ResourceInUseException) return assertIndexes(client, TableName, shape)
    throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName })
  await client.send(expiry(TableName))
}

/** Creates a table of this shape unless it exists. @throws Error for a table without an index of the shape */
export function createTableIfMissing(table: TableConfig, shape: TableName): Promise<void> {
  return withClient(table, (client) => create(client, table.name, tableShapes[shape]))
}

/** Deletes the table with everything in it. */
export function deleteTable(table: TableConfig): Promise<void> {
  return withClient(table, (client) => client.send(new DeleteTableCommand({ TableName: table.name })))
}
