/** The table of a local engine: created once, and refused when an index is missing. */
import { randomUUID } from 'node:crypto'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTableIfMissing } from '../scripts/create-table.ts'
import { createTable } from '../src/table.ts'
import { type Engine, startEngine } from './kit/engine.ts'
import { bePatient } from './kit/patience.ts'

bePatient()

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

/** A table of the time before the index of changes. */
async function makeOld(TableName: string): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ region: 'eu-west-1', endpoint: engine.endpoint, credentials })
  const keys = (sortKey: string) => [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ]
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'changeSk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys('sk'),
      LocalSecondaryIndexes: [
        { IndexName: 'byChange', KeySchema: keys('changeSk'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  )
  client.destroy()
}

describe('createTableIfMissing', () => {
  it('leaves a table that is there as it is', async () => {
    const config = await engine.newTable()
    const table = createTable(config)
    await table.write({ put: { pk: 'p', sk: 's', kept: true } })
    await createTableIfMissing(config, 'notes')
    expect(await table.get({ pk: 'p', sk: 's' })).toMatchObject({ kept: true })
  })

  it('refuses one without the index of changes, and names it', async () => {
    const config = { name: `old-${randomUUID()}`, region: 'eu-west-1', endpoint: engine.endpoint }
    await makeOld(config.name)
    await expect(createTableIfMissing(config, 'notes')).rejects.toThrow('without the index changePlaces')
  })
})
