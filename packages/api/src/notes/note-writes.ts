/** All that must change in the table, in one transaction, when a note goes from one state to another. Pure. */
import type { NoteGoneReason } from '../generated/types.ts'
import { changeSk, goneKey, noteKey, pointerKey, tagKey } from '../store/keys.ts'
import type { Item, Write } from '../store/writes.ts'
import type { Note } from './note.ts'
import { noteItem } from './note-item.ts'
import { seconds } from './note-scope.ts'
import { cursorDays } from './sync/sync-cursor.ts'

/** A day more than the cursors that need them: the clock that stamps a tombstone may be behind the one that dates a cursor. */
const tombstoneDays = cursorDays + 1

export interface Stamp {
  readonly at: string
  readonly writeId: string
}

function expiry(at: string) {
  return seconds(Date.parse(at)) + tombstoneDays * 24 * 3600
}

/** The note itself: born where nothing is, changed or deleted only as it was read. */
function noteWrite(before: Note | undefined, after: Note | undefined, { writeId }: Stamp): Write[] {
  if (!before) return after ? [{ put: noteItem(after, writeId), when: [[['absent', 'pk']]] }] : []
  const when = [[['=', 'version', before.version]]] as const
  return [after ? { put: noteItem(after, writeId), when } : { remove: noteKey(before.ownerId, before.id), when }]
}

function gone(reason: NoteGoneReason, noteId: string, at: string) {
  return {
    id: noteId,
    changeSk: changeSk('GONE', at, noteId),
    reason,
    at,
  }
}

/** Who, beside the owner, sees the note. A note in the trash is shared with its people, and none of them sees it. */
function readersOf(note: Note | undefined): readonly string[] {
  return note === undefined || note.trashedAt !== undefined ? [] : Object.keys(note.shares)
}

function pointer(personId: string, { id, ownerId }: Note): Item {
  return { ...pointerKey(personId, id), id, ownerId }
}

/**
 * What the partitions of other people get to hold: a pointer for each reader, a tombstone for each who was one until now, and
 * nothing for anybody else. While the note is in the trash it has no readers, so that no edit, share, unshare or deletion there
 * writes to their partitions: a former reader's tombstone keeps its place and its end, and a new sharee's partition stays
 * empty. Restoring writes the pointers of all whom the note is shared with by then, and needs none of the old ones.
 */
function pointerWrites(before: Note, after: Note | undefined, at: string): Write[] {
  const readers = new Set(readersOf(after))
  const former = readersOf(before).filter((personId) => !readers.has(personId))
  const standing = {
    changeSk: changeSk('SHARED', at, before.id),
    contentBytes: Buffer.byteLength(after?.content ?? ''),
  }
  const ended = { ...gone(after ? 'UNSHARED' : 'DELETED', before.id, at), expiresAt: expiry(at) }
  return [
    ...[...readers].map((personId) => ({ put: { ...pointer(personId, before), ...standing } })),
    ...former.map((personId) => ({ put: { ...pointer(personId, before), ...ended } })),
  ]
}

/** What the counts of tags gain and lose. Notes in the trash do not count. */
export function tagWrites(ownerId: string, before: readonly Note[], after: readonly Note[]): Write[] {
  const gains = new Map<string, number>()
  const count = (notes: readonly Note[], by: number) => {
    for (const note of notes.filter(({ trashedAt }) => trashedAt === undefined)) {
      for (const tag of note.tags) gains.set(tag, (gains.get(tag) ?? 0) + by)
    }
  }
  count(before, -1)
  count(after, 1)
  const changed = [...gains].filter(([, by]) => by !== 0)
  return changed.map(([tag, by]) => ({ update: tagKey(ownerId, tag), set: { tag }, add: { count: by } }))
}

/** The writes of a new note without its tags, which are counted for all new notes together. */
export function birth(note: Note, stamp: Stamp): Write[] {
  return noteWrite(undefined, note, stamp)
}

/** The writes of a change; `after` undefined deletes for good. The note's own write comes first. */
export function transition(before: Note, after: Note | undefined, stamp: Stamp): Write[] {
  return [
    ...noteWrite(before, after, stamp),
    ...pointerWrites(before, after, stamp.at),
    ...tagWrites(before.ownerId, [before], after ? [after] : []),
    ...(after ? [] : [tombstone(before, stamp.at)]),
  ]
}

function tombstone(note: Note, at: string): Write {
  return {
    put: { ...goneKey(note.ownerId, note.id), ...gone('DELETED', note.id, at), expiresAt: expiry(at) },
  }
}
