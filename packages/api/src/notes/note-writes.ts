/**
 * All writes of one transaction for a note that is created, changed or deleted: the note, pointers, tombstones, tag
 * counts. No I/O.
 */

import { seconds } from '@fieldnotes/table/instants'
import type { Item, Write } from '@fieldnotes/table/writes'
import type { NoteGoneReason } from '../generated/types.ts'
import { changeSk, noteKey, pointerKey, tagKey, tombstoneKey } from '../store/item-keys.ts'
import type { Note } from './note.ts'
import { noteItem } from './note-item.ts'
import { limits } from './note-limits.ts'

/** A day more than cursors are valid: the clock that stamps a tombstone may be behind the clock that dates a cursor. */
const tombstoneDays = limits.syncCursorDays + 1

export interface Stamp {
  readonly at: string
  readonly writeId: string
}

function expiry(at: string) {
  return seconds(Date.parse(at)) + tombstoneDays * 24 * 3600
}

/** The note itself. A new one needs a free key; a change or deletion needs the version that was read. */
function noteWrite(before: Note | undefined, after: Note | undefined, { writeId }: Stamp): Write[] {
  if (!before) return after ? [{ put: noteItem(after, writeId), when: [[['absent', 'pk']]], isNew: true }] : []
  const when = [[['=', 'version', before.version]]] as const
  return [after ? { put: noteItem(after, writeId), when } : { remove: noteKey(before.ownerId, before.id), when }]
}

function goneAttributes(reason: NoteGoneReason, noteId: string, at: string) {
  return {
    id: noteId,
    changeSk: changeSk('GONE', at, noteId),
    reason,
    at,
    expiresAt: expiry(at),
  }
}

/** The people beside the owner who see the note. A note in the trash keeps its shares and has no readers. */
function readersOf(note: Note | undefined): readonly string[] {
  return note === undefined || note.trashedAt !== undefined ? [] : Object.keys(note.shares)
}

function pointer(personId: string, { id, ownerId }: Note): Item {
  return { ...pointerKey(personId, id), id, ownerId }
}

/**
 * Writes to the partitions of other people: a pointer for each reader, and a tombstone for each person who stops being
 * one. A note in the trash has no readers, so that a change of it there writes to no other partition: a former reader's
 * tombstone keeps its position and expiry, and a new sharee's partition stays empty. Restoring the note writes all
 * pointers anew.
 */
function pointerWrites(before: Note, after: Note | undefined, at: string): Write[] {
  const readers = new Set(readersOf(after))
  const former = readersOf(before).filter((personId) => !readers.has(personId))
  const shared = {
    changeSk: changeSk('SHARED', at, before.id),
    contentBytes: Buffer.byteLength(after?.content ?? ''),
  }
  const gone = goneAttributes(after ? 'UNSHARED' : 'DELETED', before.id, at)
  return [
    ...[...readers].map((personId) => ({ put: { ...pointer(personId, before), ...shared } })),
    ...former.map((personId) => ({ put: { ...pointer(personId, before), ...gone } })),
  ]
}

/** Changes of tag counts. Notes in the trash do not count. */
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

/** Writes of a new note. Its tags are counted apart, for all new notes of a call together. */
export function newNoteWrites(note: Note, stamp: Stamp): Write[] {
  return noteWrite(undefined, note, stamp)
}

/** Writes of a change; of a deletion where `after` is undefined. The write of the note itself is the first. */
export function noteWrites(before: Note, after: Note | undefined, stamp: Stamp): Write[] {
  return [
    ...noteWrite(before, after, stamp),
    ...pointerWrites(before, after, stamp.at),
    ...tagWrites(before.ownerId, [before], after ? [after] : []),
    ...(after ? [] : [tombstone(before, stamp.at)]),
  ]
}

function tombstone(note: Note, at: string): Write {
  return { put: { ...tombstoneKey(note.ownerId, note.id), ...goneAttributes('DELETED', note.id, at) } }
}
