/**
 * Exports in the table `Access`. Each write is one conditional write of an item of its own, and no item is changed
 * afterwards but the pointer to the current export: whatever process ends at whatever step, what is stored stays valid.
 */
import { randomBytes } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import { currentExportKey, exportEndKey, exportPartKey } from '@fieldnotes/table/access-keys'
import { isWritten } from '@fieldnotes/table/failures'
import { daySeconds, seconds } from '@fieldnotes/table/instants'
import { readAll } from '@fieldnotes/table/read-all'
import type { Table } from '@fieldnotes/table/table'
import type { Item } from '@fieldnotes/table/writes'
import { type ArchiveLease, takeArchiveLease } from './archive-lease.ts'

/** An export of one person. It has no token. */
export interface Job {
  readonly personId: string
  /** 22 base64url characters, unpredictable. */
  readonly id: string
  /** Seconds since the epoch. */
  readonly startedAt: number
  /** Seconds since the epoch. From then on it does not exist. */
  readonly expiresAt: number
}

/** How an export has ended. */
export type JobEnd = { readonly status: 'done'; readonly archive: string } | { readonly status: 'failed' }

/** An export with its state. */
export interface FoundJob {
  readonly job: Job
  /** Undefined while it is pending. */
  readonly end: JobEnd | undefined
}

/** A stored part: its object, and what the next request has to know of it without reading the object. */
export interface StoredPart {
  /** Key of its object. */
  readonly key: string
  /** Ids that are in it. */
  readonly ids: readonly string[]
  /** Where the next page begins. */
  readonly cursor: string | null
  readonly hasMore: boolean
}

/** The exports of all people, each by its person. Every call throws UNAVAILABLE when the table is out of reach. */
export interface JobStore {
  /**
   * The pending export of a person, or a new one. Of calls at the same time all get the same one.
   * @throws LIMIT_EXCEEDED when the person has started 50 within the same day (UTC)
   */
  readonly start: (personId: string) => Promise<Job>
  /** Undefined for an expired export, another person's, and an id that none has. */
  readonly find: (personId: string, id: string) => Promise<FoundJob | undefined>
  /** The stored parts, in their order. */
  readonly parts: (job: Job) => Promise<readonly StoredPart[]>
  /** Adds a part. False where another process has added one with this index: this one's is not part of the export. */
  readonly addPart: (job: Job, index: number, part: StoredPart) => Promise<boolean>
  /** Lets this request write the archive. @throws ArchiveBusy while another one does */
  readonly takeLease: (job: Job) => Promise<ArchiveLease>
  /** Ends an export. False where it has ended before. After a lost answer it rejects, and writes nothing again. */
  readonly end: (job: Job, end: JobEnd) => Promise<boolean>
}

/** Seconds for which an export exists: it ends in this time, and its archive can be fetched as long. */
export const exportSeconds = daySeconds

/** Exports that a person starts in one day (UTC), at most. */
export const exportsOfDayMax = 50

const attemptsMax = 3

/** The store. `table` has the deadline of a call, `clock` returns milliseconds since the epoch. */
export function createJobStore(table: () => Table, clock: () => number): JobStore {
  const now = () => seconds(clock())
  const find: JobStore['find'] = async (personId, id) => {
    const ended = live(await table().get(exportEndKey(personId, id)), now())
    if (ended) return { job: jobOf(personId, id, ended), end: endOf(ended) }
    const current = live(await table().get(currentExportKey(personId)), now())
    return current?.exportId === id ? { job: jobOf(personId, id, current), end: undefined } : undefined
  }
  return {
    find,
    start: async (personId) => {
      for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
        const stored = await table().get(currentExportKey(personId))
        const job = await pendingOf(personId, live(stored, now()), find)
        const begun = job ?? (await begin(table(), personId, stored, now()))
        if (begun) return begun
      }
      throw new AppError('UNAVAILABLE', 'exports of this person are started all the time')
    },
    parts: async ({ personId, id }) => {
      const [low, high] = [exportPartKey(personId, id, 0), exportPartKey(personId, id, 999_999)]
      const items = await readAll(table(), { pk: low.pk, between: [low.sk, high.sk], forward: true, limit: 500 })
      return items.map(partOf)
    },
    addPart: ({ personId, id, expiresAt }, index, { key: object, ...known }) =>
      isWritten(() =>
        table().write({
          put: { ...exportPartKey(personId, id, index), object, ...known, expiresAt },
          when: [[['absent', 'pk']]],
          isNew: true,
        }),
      ),
    takeLease: (job) => takeArchiveLease(table, clock, job),
    end: ({ personId, id, startedAt, expiresAt }, end) =>
      isWritten(() =>
        table().write({
          put: { ...exportEndKey(personId, id), ...end, startedAt, expiresAt },
          when: [[['absent', 'pk']]],
          isNew: true,
        }),
      ),
  }
}

/** The item, unless its time is over: the table deletes late. */
function live(item: Item | undefined, now: number): Item | undefined {
  return item && Number(item.expiresAt) > now ? item : undefined
}

async function pendingOf(
  personId: string,
  current: Item | undefined,
  find: JobStore['find'],
): Promise<Job | undefined> {
  if (!current) return undefined
  const found = await find(personId, textIn(current.exportId))
  return found && !found.end ? found.job : undefined
}

/** A new export in the place of the stored one; undefined where another process was faster. */
async function begin(table: Table, personId: string, stored: Item | undefined, now: number): Promise<Job | undefined> {
  const day = Math.floor(now / daySeconds)
  const count = stored?.day === day ? Number(stored.count) + 1 : 1
  if (count > exportsOfDayMax) throw tooMany((day + 1) * daySeconds - now)
  const id = randomBytes(16).toString('base64url')
  const times = { startedAt: now, expiresAt: now + exportSeconds }
  const put = { ...currentExportKey(personId), exportId: id, day, count, ...times }
  const unchanged = stored ? (['=', 'exportId', stored.exportId] as const) : (['absent', 'pk'] as const)
  const isBegun = await isWritten(() => table.write({ put, when: [[unchanged]] }))
  return isBegun ? { personId, id, ...times } : undefined
}

function tooMany(after: number): AppError {
  return new AppError('LIMIT_EXCEEDED', 'exports of a day', {
    message: `At most ${exportsOfDayMax} exports a day.`,
    remedy: { kind: 'RETRY', after },
  })
}

function jobOf(personId: string, id: string, { startedAt, expiresAt }: Item): Job {
  return { personId, id, startedAt: Number(startedAt), expiresAt: Number(expiresAt) }
}

function partOf({ object, ids, cursor, hasMore }: Item): StoredPart {
  return {
    key: textIn(object),
    ids: textsIn(ids),
    cursor: cursor === null ? null : textIn(cursor),
    hasMore: hasMore !== false,
  }
}

function endOf({ status, archive }: Item): JobEnd {
  return status === 'done' ? { status, archive: textIn(archive) } : { status: 'failed' }
}

function textIn(value: unknown): string {
  if (typeof value === 'string') return value
  throw new AppError('UNAVAILABLE', 'a stored export can not be read')
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(textIn)
  throw new AppError('UNAVAILABLE', 'a stored export can not be read')
}
