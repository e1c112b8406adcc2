/** Delta sync: what changed for the caller since a cursor, oldest first, tombstones included. */
import { badInput } from '../bad-input.ts'
import type { NoteGoneReason } from '../generated/schema.ts'
import type { Item, Key } from '../table-writes.ts'
import type { Desk } from './desk.ts'
import { follow } from './find.ts'
import { partition, type Stretch, wholeOf } from './keys.ts'
import type { Note } from './note.ts'
import { noteOf } from './note-item.ts'
import { advance, hashOf, openSync, type Placed, type Sync, sealSync, type Told } from './sync-cursor.ts'
import { tombstoneDays } from './transition.ts'

export interface NoteGone {
  readonly __typename: 'NoteGone'
  readonly noteId: string
  readonly reason: NoteGoneReason
  readonly at: string
}

export type NoteChange = { readonly __typename: 'NoteChanged'; readonly note: Note } | NoteGone

export interface NoteChanges {
  readonly changes: NoteChange[]
  readonly cursor: string | null
  readonly hasMore: boolean
  readonly resyncRequired: boolean
}

export interface ChangesArgs {
  readonly since?: string | null | undefined
  readonly first?: number | null | undefined
}

const sizeMax = 100
const sizeDefault = 20
const tombstoneMs = tombstoneDays * 24 * 3600 * 1000

/** A stretch is one list in the order of its changes; a note stands in exactly one of them, at its last change. */
const stretches: readonly Stretch[] = ['NOTE', 'TRASH', 'SHARED', 'GONE']
/** Who has nothing yet needs not hear what is gone. */
const firstStretches = stretches.filter((stretch) => stretch !== 'GONE')

/** Four requests to the table, one more when shared notes are among the changes. @throws BAD_USER_INPUT */
export const changesSince = async (desk: Desk, args: ChangesArgs): Promise<NoteChanges> => {
  const size = args.first ?? sizeDefault
  if (size < 1 || size > sizeMax) throw badInput('first', `use 1 to ${sizeMax}`)
  const now = desk.clock()
  const sync = typeof args.since === 'string' ? openSync(desk, args.since) : { from: '', seen: [], asOf: now }
  if (!sync) throw badInput('since', 'not a cursor of these changes')
  if (now - sync.asOf > tombstoneMs) return { changes: [], cursor: null, hasMore: false, resyncRequired: true }
  const read = await merged(desk, sync, {
    size,
    stretches: typeof args.since === 'string' ? stretches : firstStretches,
  })
  const { page, told } = turn(sync, read, size)
  const next = advance(sync, { ...told, now })
  return { changes: await tell(desk, page), cursor: sealSync(desk, next), hasMore: told.hasMore, resyncRequired: false }
}

/** What of all that was read goes onto the page, and how far that leads. */
const turn = (sync: Sync, { placed, horizon }: Merged, size: number): { page: Placed[]; told: Omit<Told, 'now'> } => {
  const seen = new Set(sync.seen)
  const fresh = placed.filter(({ place }) => !seen.has(hashOf(place)))
  const ripe = horizon === undefined ? fresh : fresh.filter(({ place }) => place <= horizon)
  const page = ripe.slice(0, size)
  const waiting = new Set(fresh.slice(page.length))
  const end = horizon ?? placed.at(-1)?.place ?? sync.from
  const told = {
    told: placed.filter((one) => !waiting.has(one)),
    reached: ripe.length > size ? (page.at(-1)?.place ?? end) : end,
    complete: horizon === undefined,
    hasMore: waiting.size > 0 || horizon !== undefined,
  }
  return { page, told }
}

interface Portion {
  readonly size: number
  readonly stretches: readonly Stretch[]
}

interface Merged {
  /** In order, each note once. */
  readonly placed: readonly Placed[]
  /** Behind this place not every stretch was read; undefined when all were read to their ends. */
  readonly horizon: string | undefined
}

/** All stretches behind the cursor as one list: more than enough for the page, as long as no note moves meanwhile. */
const merged = async (desk: Desk, sync: Sync, portion: Portion): Promise<Merged> => {
  const enough = portion.size + sync.seen.length + 2
  const lists = await Promise.all(
    portion.stretches.map((stretch) => readOn(desk, { stretch, from: sync.from, enough })),
  )
  const ends = lists.flatMap(({ placed, cut }) => (cut ? placed.slice(-1) : [])).sort(inOrder)
  return { placed: lastOfEach(lists.flatMap(({ placed }) => placed).sort(inOrder)), horizon: ends[0]?.place }
}

const inOrder = (a: Placed, b: Placed) => (a.place < b.place ? -1 : 1)

/** A note that moved on while the stretches were read was met where it stood and where it stands: only the latter counts. */
const lastOfEach = (placed: readonly Placed[]): Placed[] => {
  const last = new Map(placed.map((one) => [one.item.id, one]))
  return placed.filter((one) => last.get(one.item.id) === one)
}

interface Reading {
  readonly stretch: Stretch
  readonly from: string
  readonly enough: number
}

const readOn = async (desk: Desk, { stretch, from, enough }: Reading): Promise<{ placed: Placed[]; cut: boolean }> => {
  const between = [`${stretch}#${from}`, wholeOf(stretch)[1]] as const
  const range = { pk: partition(desk.personId), byChange: true, between, forward: true } as const
  const items: Item[] = []
  let after: Key | undefined
  do {
    const page = await desk.table.query({ ...range, after, limit: enough - items.length })
    items.push(...page.items)
    after = page.last
  } while (after && items.length < enough)
  const placed = items.map((item) => ({ place: String(item.changeSk).slice(stretch.length + 1), stretch, item }))
  return { placed: placed.filter(({ place }) => place !== from), cut: after !== undefined }
}

/** What the client is told of each. A share that ended while we read is passed over: its tombstone comes later in the order. */
const tell = async (desk: Desk, page: readonly Placed[]): Promise<NoteChange[]> => {
  const pointers = page.filter(({ stretch }) => stretch === 'SHARED').map(({ item }) => item)
  const shared = pointers.length > 0 ? await follow(desk, pointers) : new Map<string, Note>()
  const noteAt = ({ stretch, item }: Placed) => (stretch === 'SHARED' ? shared.get(String(item.id)) : noteOf(item))
  return page.flatMap((placed): NoteChange[] => {
    if (placed.stretch === 'GONE') return [goneOf(placed.item)]
    const note = noteAt(placed)
    return note ? [{ __typename: 'NoteChanged', note }] : []
  })
}

const goneOf = (item: Item): NoteChange => ({
  __typename: 'NoteGone',
  noteId: String(item.id),
  reason: item.reason === 'DELETED' ? 'DELETED' : 'UNSHARED',
  at: String(item.at),
})
