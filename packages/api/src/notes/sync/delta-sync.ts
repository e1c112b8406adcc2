/**
 * Delta sync: what changed for the caller since a cursor, oldest first, tombstones included. Places are looked through first,
 * those that were told already among them, and then only the notes of this page are read: however much changed lately, and
 * however long the notes are, one page is a bounded piece of work.
 */
import { Problems } from '../../errors/bad-input.ts'
import type { NoteGoneReason } from '../../generated/types.ts'
import { noteKey, type Stretch } from '../../store/keys.ts'
import { lead } from '../find-notes.ts'
import type { Note } from '../note.ts'
import type { Desk } from '../note-scope.ts'
import { sizeDefault, sizeFault } from '../pages.ts'
import { type Placed, type Places, readPlaces } from './change-index.ts'
import { advance, cursorDays, hashOf, openSync, type Sync, sealSync, type Told } from './sync-cursor.ts'

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

/** Bytes of contents on one page, beyond its first note: what one Query would bring; an answer carries it, escapes included. */
const pageBytesMax = 1_000_000
const cursorMs = cursorDays * 24 * 3600 * 1000

/** A stretch is one list in the order of its changes; a note stands in exactly one of them, at its last change. */
const stretches: readonly Stretch[] = ['NOTE', 'TRASH', 'SHARED', 'GONE']
/** Who has nothing yet needs not hear what is gone. */
const firstStretches = stretches.filter((stretch) => stretch !== 'GONE')

/** Four requests to the table, one more when there are notes to tell of. @throws BAD_USER_INPUT */
export async function changesSince(desk: Desk, args: ChangesArgs): Promise<NoteChanges> {
  const now = desk.clock()
  const size = args.first ?? sizeDefault
  const sync = syncOf(desk, args, now)
  if (now - sync.asOf > cursorMs) return { changes: [], cursor: null, hasMore: false, resyncRequired: true }
  const read = await readPlaces(desk, {
    stretches: typeof args.since === 'string' ? stretches : firstStretches,
    from: sync.from,
    // Were all that was told in one stretch, the page would still be full, and know whether more wait.
    enough: size + sync.seen.length + 2,
  })
  const { page, told } = turn(sync, read, size)
  const { changes, early } = await tell(desk, page)
  const next = advance(sync, { ...told, told: told.told.filter((one) => !early.has(one)), now })
  return { changes, cursor: sealSync(desk, next), hasMore: told.hasMore, resyncRequired: false }
}

/** How far the client has synced, once all arguments are acceptable. */
function syncOf(desk: Desk, { since, first }: ChangesArgs, now: number): Sync {
  const problems = new Problems()
  const start: Sync = { from: '', seen: [], asOf: now }
  const sync = typeof since === 'string' ? openSync(desk, since) : start
  if (!sync) problems.add('since', 'not a cursor of these changes')
  problems.add('first', sizeFault(first))
  problems.assertNone()
  return sync ?? start
}

/** What of all that was read goes onto the page, and how far that leads. */
function turn(sync: Sync, { placed, horizon }: Places, size: number): { page: Placed[]; told: Omit<Told, 'now'> } {
  const seen = new Set(sync.seen)
  const fresh = placed.filter(({ place }) => !seen.has(hashOf(place)))
  const ripe = horizon === undefined ? fresh : fresh.filter(({ place }) => place <= horizon)
  const page = ripe.slice(0, fitting(ripe, size))
  const waiting = new Set(fresh.slice(page.length))
  const end = horizon ?? placed.at(-1)?.place ?? sync.from
  const told = {
    told: placed.filter((one) => !waiting.has(one)),
    reached: ripe.length > page.length ? (page.at(-1)?.place ?? end) : end,
    complete: horizon === undefined,
    hasMore: waiting.size > 0 || horizon !== undefined,
  }
  return { page, told }
}

/** How many of them one page holds: as many as asked for and as its bytes allow, but always one. */
function fitting(placed: readonly Placed[], size: number): number {
  let bytes = 0
  const over = placed.findIndex(({ contentBytes }, index) => {
    bytes += contentBytes
    return index > 0 && (index >= size || bytes > pageBytesMax)
  })
  return over < 0 ? placed.length : over
}

/**
 * What the client is told of each. A note that was changed, deleted or taken back since its place was read is passed over: it
 * stands later in the order by now, and is told there. One that is older than its place is `early`: reads see a transaction
 * item by item, so that a sharee's pointer may be met before the note that it tells of. It counts as not told.
 */
async function tell(desk: Desk, page: readonly Placed[]): Promise<{ changes: NoteChange[]; early: Set<unknown> }> {
  const standing = page.filter(({ stretch }) => stretch !== 'GONE')
  const leads = standing.map(({ ownerId, noteId }) => noteKey(ownerId, noteId))
  const { notes, changedAt } = await lead(desk, leads)
  const changes = page.flatMap((placed): NoteChange[] => {
    if (placed.stretch === 'GONE') return [goneOf(placed)]
    const note = notes.get(placed.noteId)
    return note?.updatedAt === placed.at ? [{ __typename: 'NoteChanged', note }] : []
  })
  return { changes, early: new Set(standing.filter(({ noteId, at }) => (changedAt.get(noteId) ?? at) < at)) }
}

function goneOf({ noteId, reason, at }: Placed): NoteGone {
  return { __typename: 'NoteGone', noteId, reason, at }
}
