/** All sessions in the table, and what is wrong with them: a session belongs to one person, whose list has it. */
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { TableConfig } from '@fieldnotes/table/table-config'

type Item = Readonly<Record<string, unknown>>

async function itemsOf({ name, region, endpoint }: TableConfig): Promise<readonly Item[]> {
  const client = new DynamoDBClient({ region, ...(endpoint && { endpoint }) })
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }))
  client.destroy()
  if (LastEvaluatedKey) throw new Error('more than one page')
  return Items.map((item) => unmarshall(item))
}

/** Who has a session, since when it has ended, and its sign-in. */
function ownerOf(personId: unknown, { endedAt = 'open', loginId }: Item): string {
  return `${personId} ${loginId} ${endedAt}`
}

/** Sessions without a person, entries of a list without a session, and pairs that differ. Empty where all is well. */
export async function ownerlessSessions(access: TableConfig): Promise<readonly string[]> {
  const items = await itemsOf(access)
  const withPrefix = (key: string, prefix: string) => items.filter((item) => String(item[key]).startsWith(prefix))
  const sessions = withPrefix('pk', 'SESSION#').map((item) => [item.pk, ownerOf(item.personId, item)])
  const entries = withPrefix('sk', 'SESSION#').map((item) => [item.sk, ownerOf(String(item.pk).slice(7), item)])
  const [owned, listed] = [linesOf(sessions), linesOf(entries)]
  return [...owned.symmetricDifference(listed)]
}

function linesOf(pairs: readonly (readonly unknown[])[]): Set<string> {
  return new Set(pairs.map((pair) => pair.join(' ')))
}
