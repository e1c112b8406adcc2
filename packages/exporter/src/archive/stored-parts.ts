/** Parts of an export as objects of the store, and what is known of those that are stored. */
import { randomBytes } from 'node:crypto'
import type { Job, JobStore } from '../jobs/job-store.ts'
import type { Absent, Page } from '../notes/export-page.ts'
import type { ArchiveStore } from '../store/archive-store.ts'

/** What the stored parts of an export say together. */
export interface Progress {
  /** Keys of the parts, in their order. */
  readonly keys: readonly string[]
  /** Ids that are in a part. */
  readonly ids: Set<string>
  /** Where the next page begins; undefined before the first part. */
  readonly last: Pick<Page, 'cursor' | 'hasMore'> | undefined
}

/** What parts are stored with. */
export interface PartsParts {
  readonly jobs: JobStore
  readonly store: ArchiveStore
}

/** Key of a new object of an export. */
export function objectKey({ personId, id }: Job, name: string): string {
  return `exports/${personId}/${id}/${name}-${randomBytes(12).toString('base64url')}`
}

/** Reads a part. @throws UNAVAILABLE */
export async function readPart(store: ArchiveStore, key: string): Promise<Page> {
  return JSON.parse(new TextDecoder().decode(await store.get(key))) as Page
}

/** Reads the items of the parts and no object, so that its time does not grow with their size. @throws UNAVAILABLE */
export async function readProgress({ jobs }: Pick<PartsParts, 'jobs'>, job: Job): Promise<Progress> {
  const parts = await jobs.parts(job)
  return { keys: parts.map(({ key }) => key), ids: new Set(parts.flatMap(({ ids }) => ids)), last: parts.at(-1) }
}

/**
 * Stores a page as the next part, without the entries that are in an earlier one. Undefined where another process has
 * stored this part: then its own stays unused.
 * @throws UNAVAILABLE
 */
export async function storePart(
  parts: PartsParts,
  job: Job,
  progress: Progress,
  page: Page,
): Promise<Progress | undefined> {
  const { keys, ids } = progress
  const entries = page.entries.filter(({ id }) => !ids.has(id))
  const key = objectKey(job, `part-${keys.length}`)
  await parts.store.put(
    key,
    new TextEncoder().encode(JSON.stringify({ ...page, entries, absent: distinct(page.absent) })),
  )
  const { cursor, hasMore } = page
  const added = { key, ids: entries.map(({ id }) => id), cursor, hasMore }
  if (!(await parts.jobs.addPart(job, keys.length, added))) return undefined
  for (const { id } of entries) ids.add(id)
  return { keys: [...keys, key], ids, last: page }
}

/** Each once. */
export function distinct(absent: readonly Absent[]): readonly Absent[] {
  return [...new Map(absent.map((each) => [JSON.stringify(each), each])).values()]
}
