/** All that must change in the table, in one transaction, when a note goes from one state to another. Pure. */
import type { NoteGoneReason } from '../generated/schema.ts'
import type { Item, Write } from '../table-writes.ts'
import { seconds } from './desk.ts'
import { changeSk, goneKey, noteKey, pointerKey, tagKey } from './keys.ts'
import type { Note } from './note.ts'
import { noteItem } from './note-item.ts'
import { cursorDays } from './sync-cursor.ts'

/** A day more than the cursors that need them: the clock that stamps a tombstone may be behind the one that dates a cursor. */
const tombstoneDays = cursorDays + 1

export interface Stamp {
  readonly at: string
  readonly writeId: string
}

const expiry = (at: string) => seconds(Date.parse(at)) + tombstoneDays * 24 * 3600

/** The note itself: born where nothing is, changed or deleted only as it was read. */
const noteWrite = (before: Note | undefined, after: Note | undefined, { writeId }: Stamp): Write[] => {
  if (!before) return after ? [{ put: noteItem(after, writeId), when: [[['absent', 'pk']]] }] : []
  const when = [[['=', 'version', before.version]]] as const
  return [after ? { put: noteItem(after, writeId), when } : { remove: noteKey(before.ownerId, before.id), when }]
}

const gone = (reason: NoteGoneReason, noteId: string, at: string) => ({
  id: noteId,
  changeSk: changeSk('GONE', at, noteId),
  reason,
  at,
})

/** What one person's partition says of a note that is, or was, shared with them. */
const pointer = (personId: string, note: Note, after: Note | undefined, at: string): Item => {
  const base = { ...pointerKey(personId, note.id), id: note.id, ownerId: note.ownerId }
  if (!after) return { ...base, ...gone('DELETED', note.id, at), expiresAt: expiry(at) }
  if (!Object.hasOwn(after.shares, personId)) {
    return { ...base, ...gone('UNSHARED', note.id, at), expiresAt: expiry(at) }
  }
  // Hidden while in the trash; it stays, because restoring brings it back.
  if (after.trashedAt !== undefined) return { ...base, ...gone('UNSHARED', note.id, at) }
  return { ...base, changeSk: changeSk('SHARED', at, note.id), contentBytes: Buffer.byteLength(after.content) }
}

const pointerWrites = (before: Note, after: Note | undefined, at: string): Write[] => {
  const people = new Set([...Object.keys(before.shares), ...Object.keys(after?.shares ?? {})])
  return [...people].map((personId) => ({ put: pointer(personId, before, after, at) }))
}

/** What the counts of tags gain and lose. Notes in the trash do not count. */
export const tagWrites = (ownerId: string, before: readonly Note[], after: readonly Note[]): Write[] => {
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
export const birth = (note: Note, stamp: Stamp): Write[] => noteWrite(undefined, note, stamp)

/** The writes of a change; `after` undefined deletes for good. The note's own write comes first. */
export const transition = (before: Note, after: Note | undefined, stamp: Stamp): Write[] => [
  ...noteWrite(before, after, stamp),
  ...pointerWrites(before, after, stamp.at),
  ...tagWrites(before.ownerId, [before], after ? [after] : []),
  ...(after ? [] : [tombstone(before, stamp.at)]),
]

const tombstone = (note: Note, at: string): Write => ({
  put: { ...goneKey(note.ownerId, note.id), ...gone('DELETED', note.id, at), expiresAt: expiry(at) },
})
