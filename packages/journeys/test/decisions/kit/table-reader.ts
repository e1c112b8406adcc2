/** Reads all stored items, bypassing every rule, to see the effect of a request. */
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { TableConfig } from '@fieldnotes/table/table-config'

/** An item of the table. */
export type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string }

/** Reads and restores all items of a table. */
export interface TableReader {
  readonly items: () => Promise<readonly Item[]>
  /** Restores the stored items to `before`. */
  readonly restore: (before: readonly Item[]) => Promise<void>
  readonly close: () => void
}

function keyOf({ pk, sk }: Item) {
  return `${pk}\n${sk}`
}

/** The reader of this table. */
export function tableReaderOf({ name, region, endpoint }: TableConfig): TableReader {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ region, credentials, ...(endpoint && { endpoint }) })
  const items = async (): Promise<readonly Item[]> => {
    const found: Item[] = []
    for await (const page of paginateScan({ client }, { TableName: name, ConsistentRead: true }))
      found.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item))
    return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  }
  const restore = async (before: readonly Item[]): Promise<void> => {
    const after = await items()
    const [was, is] = [keyed(before), keyed(after)]
    const lost = before.filter((item) => text(is.get(keyOf(item))) !== text(item))
    const gained = after.filter((item) => !was.has(keyOf(item)))
    await Promise.all([
      ...lost.map((item) => client.send(new PutItemCommand({ TableName: name, Item: marshall(item) }))),
      ...gained.map(({ pk, sk }) => client.send(new DeleteItemCommand({ TableName: name, Key: marshall({ pk, sk }) }))),
    ])
  }
  return { items, restore, close: () => client.destroy() }
}

function keyed(items: readonly Item[]) {
  return new Map(items.map((item) => [keyOf(item), item]))
}

/** Canonical text of a value, independent of the order of its members. */
function text(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    member && typeof member === 'object' && !Array.isArray(member) ? Object.entries(member).sort() : member,
  )
}
