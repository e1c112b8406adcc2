/** A note as the table stores it, and back. */

import { changeSk, noteKey } from '../store/keys.ts'
import type { Item } from '../store/writes.ts'
import type { Note } from './note.ts'

function stretchOf(note: Note) {
  return note.trashedAt === undefined ? 'NOTE' : 'TRASH'
}

/** The place of the note in its owner's list of changes. */
function placeOf(note: Note): string {
  return changeSk(stretchOf(note), note.updatedAt, note.id)
}

/**
 * `writeId` marks the write, so that one whose answer got lost is known again. `contentBytes` tells how much a page of changes
 * can hold before contents are read.
 */
export function noteItem(note: Note, writeId: string): Item {
  const { shares, ...rest } = note
  const shared = Object.keys(shares).length > 0
  const marks = { changeSk: placeOf(note), writeId, contentBytes: Buffer.byteLength(note.content) }
  return { ...noteKey(note.ownerId, note.id), ...marks, ...rest, ...(shared && { shares }) }
}

/** Only what `noteItem` wrote may be given. */
export function noteOf(item: Item): Note {
  const { pk, sk, changeSk, writeId, contentBytes, ...stored } = item
  const absent = { color: undefined, trashedAt: undefined, lastEditedWith: undefined, shares: {} }
  return { ...absent, ...stored } as unknown as Note
}

/** Bytes of the stored item, but for DynamoDB's own overhead. */
export function sizeBytes(note: Note): number {
  return Buffer.byteLength(JSON.stringify(noteItem(note, '')))
}
