/** Reads a whole range, one request for each page. */
import type { Table } from './table.ts'
import type { Item, Key, Query } from './writes.ts'

/** The items of a range, in its order. `limit` is that of one request. @throws UNAVAILABLE */
export async function readAll(table: Pick<Table, 'query'>, range: Omit<Query, 'after'>): Promise<readonly Item[]> {
  const found: Item[] = []
  let after: Key | undefined
  do {
    const { items, last } = await table.query({ ...range, after })
    found.push(...items)
    after = last
  } while (after)
  return found
}
