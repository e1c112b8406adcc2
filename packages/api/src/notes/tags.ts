/** Counts the caller's tags. */

import type { Key } from '@fieldnotes/table/writes'
import { boundsOf, partition } from '../store/item-keys.ts'
import type { NoteScope } from './note-scope.ts'

export interface TagCount {
  readonly tag: string
  readonly count: number
}

const tagsPerRequest = 1000

/**
 * The caller's tags by name, each with the number of notes outside the trash that have it. One request per 1,000 tags.
 */
export async function countTags({ table, personId }: NoteScope): Promise<TagCount[]> {
  const query = { pk: partition(personId), between: boundsOf('TAG'), forward: true, limit: tagsPerRequest }
  const counts: TagCount[] = []
  let after: Key | undefined
  do {
    const { items, last } = await table.query({ ...query, after })
    counts.push(...items.map((item) => ({ tag: String(item.tag), count: Number(item.count) })))
    after = last
  } while (after)
  return counts.filter(({ count }) => count > 0)
}
