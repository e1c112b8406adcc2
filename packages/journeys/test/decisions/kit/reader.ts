/** Looks at all that is stored, past every rule, to say what a request really did. */
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { TableConfig } from '@fieldnotes/api/config'

export type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string }

export interface Reader {
  readonly items: () => Promise<readonly Item[]>
  readonly close: () => void
}

const keyOf = ({ pk, sk }: Item) => `${pk}\n${sk}`

export const readerOf = ({ name, region, endpoint }: TableConfig): Reader => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ region, credentials, ...(endpoint && { endpoint }) })
  const items = async (): Promise<readonly Item[]> => {
    const found: Item[] = []
    for await (const page of paginateScan({ client }, { TableName: name, ConsistentRead: true }))
      found.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item))
    return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  }
  return { items, close: () => client.destroy() }
}
