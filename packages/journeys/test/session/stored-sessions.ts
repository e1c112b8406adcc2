/** All sessions in the table, and what is wrong with them: a session belongs to one person, whose list has it. */
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { endedPartition } from '@fieldnotes/table/access-keys'
import type { TableConfig } from '@fieldnotes/table/table-config'

type Item = Readonly<Record<string, unknown>>

interface Stored {
  readonly pk: string
  readonly sk: string
  readonly personId?: string
  readonly endedAt?: number
}

async function itemsOf({ name, region, endpoint }: TableConfig): Promise<readonly Item[]> {
  const client = new DynamoDBClient({ region, ...(endpoint && { endpoint }) })
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }))
  client.destroy()
  if (LastEvaluatedKey) throw new Error('more than one page')
  return Items.map((item) => unmarshall(item))
}

/** One line: the session, its person, and whether it has ended. */
function lineOf(id: unknown, personId: unknown, hasEnded: boolean): string {
  return `${id} ${personId} ${hasEnded ? 'ended' : 'open'}`
}

/**
 * Sessions without a person, entries of a list and notes of the pass without a session, and pairs that differ. Empty
 * where all is well: an open session is in the list of its person, and an ended one has a note.
 */
export async function ownerlessSessions(access: TableConfig): Promise<readonly string[]> {
  const items = (await itemsOf(access)).map((item) => ({ ...item, pk: String(item.pk), sk: String(item.sk) }) as Stored)
  const sessions = items.filter(({ pk }) => pk.startsWith('SESSION#'))
  const entries = items.filter(({ pk, sk }) => pk.startsWith('PERSON#') && sk.startsWith('SESSION#'))
  const notes = items.filter(({ pk }) => pk === endedPartition).map(({ sk }) => sk.split('#'))
  const owned = sessions.map(({ pk, personId, endedAt }) => lineOf(pk, personId, endedAt !== undefined))
  const listed = entries.map(({ pk, sk }) => lineOf(sk, pk.slice('PERSON#'.length), false))
  const noted = notes.map(([personId, id]) => lineOf(`SESSION#${id}`, personId, true))
  return [...new Set(owned).symmetricDifference(new Set([...listed, ...noted]))]
}
