/**
 * Delta sync: the caller's changes since a cursor, oldest first, deletions included. It reads index entries first,
 * selects a page of them, and then reads the notes of that page only: the work for one page is bounded, however many or
 * long the changed notes.
 */
import { Problems } from '../../errors/bad-input.ts'
import type { NoteGoneReason } from '../../generated/types.ts'
import { type IndexRange, noteKey } from '../../store/item-keys.ts'
import { readNotes } from '../find-notes.ts'
import type { Note } from '../note.ts'
import { limits } from '../note-limits.ts'
import type { NoteScope } from '../note-scope.ts'
import { sizeFault } from '../page-arguments.ts'
import { type ChangeEntry, readEntries } from './change-index.ts'
import { selectPage } from './select-page.ts'
import { advance, openSync, type SyncState, sealSync } from './sync-cursor.ts'

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

export interface ChangesArguments {
  readonly since?: string | null | undefined
  readonly first?: number | null | undefined
}

const cursorMs = limits.syncCursorDays * 24 * 3600 * 1000

/** Each note is in exactly one of these ranges, at the position of its last change. */
const ranges: readonly IndexRange[] = ['NOTE', 'TRASH', 'SHARED', 'GONE']
/** A client without notes needs no deletions. */
const firstRanges = ranges.filter((range) => range !== 'GONE')

/** Four requests to the table, one more when the page has notes. @throws BAD_USER_INPUT */
export async function changesSince(scope: NoteScope, args: ChangesArguments): Promise<NoteChanges> {
  const now = scope.clock()
  const size = args.first ?? limits.pageSizeDefault
  const state = stateOf(scope, args, now)
  if (now - state.asOf > cursorMs) return { changes: [], cursor: null, hasMore: false, resyncRequired: true }
  const read = await readEntries(scope, {
    ranges: typeof args.since === 'string' ? ranges : firstRanges,
    from: state.from,
    // Enough for a full page and `hasMore`, even when all delivered entries are in one range.
    limit: size + state.delivered.length + 2,
  })
  const { page, delivery } = selectPage(state, read, size)
  const { changes, tooEarly } = await loadChanges(scope, page)
  const delivered = delivery.delivered.filter((entry) => !tooEarly.has(entry))
  const next = advance(state, { ...delivery, delivered, now })
  return { changes, cursor: sealSync(scope, next), hasMore: delivery.hasMore, resyncRequired: false }
}

/** The state in the cursor, or that of a first call. @throws BAD_USER_INPUT that lists every problem */
function stateOf(scope: NoteScope, { since, first }: ChangesArguments, now: number): SyncState {
  const problems = new Problems()
  const start: SyncState = { from: '', delivered: [], asOf: now }
  const state = typeof since === 'string' ? openSync(scope, since) : start
  if (!state) problems.add('since', 'not a cursor of these changes')
  problems.add('first', sizeFault(first))
  problems.assertNone()
  return state ?? start
}

interface Loaded {
  readonly changes: NoteChange[]
  /**
   * Entries whose note is older than they are. Reads see a transaction item by item: such a note is delivered by the
   * next call.
   */
  readonly tooEarly: ReadonlySet<unknown>
}

/** The changes of a page. A note that changed after its entry was read is left out: a later entry delivers it. */
async function loadChanges(scope: NoteScope, page: readonly ChangeEntry[]): Promise<Loaded> {
  const present = page.filter(({ range }) => range !== 'GONE')
  const keys = present.map(({ ownerId, noteId }) => noteKey(ownerId, noteId))
  const { visible, changedAt } = await readNotes(scope, keys)
  const changes = page.flatMap((entry): NoteChange[] => {
    if (entry.range === 'GONE') return [goneOf(entry)]
    const note = visible.get(entry.noteId)
    return note?.updatedAt === entry.at ? [{ __typename: 'NoteChanged', note }] : []
  })
  return { changes, tooEarly: new Set(present.filter(({ noteId, at }) => (changedAt.get(noteId) ?? at) < at)) }
}

function goneOf({ noteId, reason, at }: ChangeEntry): NoteGone {
  return { __typename: 'NoteGone', noteId, reason, at }
}
