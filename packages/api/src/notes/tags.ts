/** Counts the caller's tags. */
import { readAll } from '@fieldnotes/table/read-all'
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
  const range = { pk: partition(personId), between: boundsOf('TAG'), forward: true, limit: tagsPerRequest }
  const counts = (await readAll(table, range)).map((item) => ({ tag: String(item.tag), count: Number(item.count) }))
  return counts.filter(({ count }) => count > 0)
}
