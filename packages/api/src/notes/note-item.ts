/** Maps notes to items of the table, and back. */

import type { Item } from '@fieldnotes/table/writes'
import { changeSk, noteKey } from '../store/item-keys.ts'
import type { Note } from './note.ts'

function rangeOf(note: Note) {
  return note.trashedAt === undefined ? 'NOTE' : 'TRASH'
}

/**
 * The item of a note. `writeId` identifies the write. `contentBytes` is in the index, so that `changes` can fill a page
 * before it reads contents.
 */
export function noteItem(note: Note, writeId: string): Item {
  const { shares, ...rest } = note
  const shared = Object.keys(shares).length > 0
  const attributes = {
    changeSk: changeSk(rangeOf(note), note.updatedAt, note.id),
    writeId,
    contentBytes: Buffer.byteLength(note.content),
  }
  return { ...noteKey(note.ownerId, note.id), ...attributes, ...rest, ...(shared && { shares }) }
}

/** The note of an item that `noteItem` made. */
export function noteOf(item: Item): Note {
  const { pk, sk, changeSk, writeId, contentBytes, ...stored } = item
  const absent = { color: undefined, trashedAt: undefined, lastEditedWith: undefined, shares: {} }
  return { ...absent, ...stored } as unknown as Note
}

/** Bytes of the stored item, without DynamoDB's own overhead. */
export function sizeBytes(note: Note): number {
  return Buffer.byteLength(JSON.stringify(noteItem(note, '')))
}
