import { partition, wholeOf } from '../store/keys.ts'
import type { Desk } from './note-scope.ts'

export interface TagCount {
  readonly tag: string
  readonly count: number
}

const look = 1000

/** The caller's tags by name, with the number of notes outside the trash that carry each. One request per thousand tags. */
export async function countTags({ table, personId }: Desk): Promise<TagCount[]> {
  const range = { pk: partition(personId), between: wholeOf('TAG'), forward: true, limit: look }
  const counts: TagCount[] = []
  let after: Parameters<typeof table.query>[0]['after']
  do {
    const { items, last } = await table.query({ ...range, after })
    counts.push(...items.map((item) => ({ tag: String(item.tag), count: Number(item.count) })))
    after = last
  } while (after)
  return counts.filter(({ count }) => count > 0)
}
