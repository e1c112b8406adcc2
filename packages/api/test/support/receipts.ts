/** A table whose items a test reads past the API, and whose reads may be out of date. */
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { Table } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { bePatient } from '@fieldnotes/table/test/patience'
import type { Item } from '@fieldnotes/table/writes'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { shared, written } from './acts.ts'
import { type Caller, createWorld, type World } from './world.ts'

/** The contents by which the tests find a copy of a note in the table. */
export const [title, content] = ['A title of its own', 'Contents of their own']

/** The idempotency key of the tests. */
export const key = { idempotencyKey: 'key' }

/** An item as it was before, for the next reads. */
interface Stale {
  readonly item: Item
  reads: number
}

function lagging(table: Table, staleNow: () => Stale | undefined): Table {
  return {
    ...table,
    batchGet: async (keys) => {
      const items = await table.batchGet(keys)
      const lag = staleNow()
      if (!lag || lag.reads === 0) return items
      lag.reads -= 1
      return items.map((item) => (item.pk === lag.item.pk && item.sk === lag.item.sk ? lag.item : item))
    },
  }
}

/** Every item of the table, as it is stored. */
async function itemsOf(config: TableConfig): Promise<Item[]> {
  const client = new DynamoDBClient({
    region: config.region,
    endpoint: config.endpoint ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const items: Item[] = []
  for await (const { Items = [] } of paginateScan({ client }, { TableName: config.name, ConsistentRead: true })) {
    items.push(...Items.map((item) => unmarshall(item) as Item))
  }
  return items
}

export interface ReceiptWorld {
  readonly world: World
  readonly alice: Caller
  readonly bob: Caller
  readonly stored: () => Promise<Item[]>
  readonly receipts: () => Promise<Item[]>
  /** Creates a note of alice that bob may edit, and returns its id. */
  readonly prepare: () => Promise<string>
  /** Lets the next reads of an item return it as given. The result counts the reads that remain. */
  readonly delay: (item: Item, reads: number) => Readonly<Stale>
}

/** A new table for each test; the result returns the world of the current one. */
export function useReceipts(): () => ReceiptWorld {
  let engine: Engine
  let current: ReceiptWorld
  bePatient()
  beforeAll(async () => {
    engine = await startEngine()
  })
  beforeEach(async () => {
    current = receiptWorldOf(await engine.newTable())
  })
  afterAll(() => engine.stop())
  return () => current
}

function receiptWorldOf(config: TableConfig): ReceiptWorld {
  let stale: Stale | undefined
  const world = createWorld(config, (table) => lagging(table, () => stale))
  const [alice, bob] = [world.someone('alice'), world.someone('bob')]
  const stored = () => itemsOf(config)
  return {
    world,
    alice,
    bob,
    stored,
    receipts: async () => (await stored()).filter(({ sk }) => sk.startsWith('DONE#')),
    prepare: async () => {
      const { id } = await written(alice, { title, content })
      await shared(alice, id, bob, 'EDITOR')
      return id
    },
    delay: (item, reads) => {
      const given = { item, reads }
      stale = given
      return given
    },
  }
}
