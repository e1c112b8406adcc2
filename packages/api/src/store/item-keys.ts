/** The key of every item in the table. All items but handles are in the partition of one person. */
import type { Key } from '@fieldnotes/table/writes'

/**
 * The ranges of both local indexes, each in the order of its changes: own notes, own trash, pointers to shared notes,
 * tombstones.
 */
export type IndexRange = 'NOTE' | 'TRASH' | 'SHARED' | 'GONE'

/** The partition of a person. */
export function partition(personId: string): string {
  return `USER#${personId}`
}

function key(personId: string, sk: string): Key {
  return { pk: partition(personId), sk }
}

/** A note, in its owner's partition. */
export function noteKey(ownerId: string, noteId: string): Key {
  return key(ownerId, `NOTE#${noteId}`)
}

/** A pointer: another person's note is, or was, shared with this person. It grants nothing; the note's `shares` do. */
export function pointerKey(personId: string, noteId: string): Key {
  return key(personId, `SHARED#${noteId}`)
}

/** The tombstone of an own note. */
export function tombstoneKey(ownerId: string, noteId: string): Key {
  return key(ownerId, `GONE#${noteId}`)
}

/** The number of notes outside the trash that have a tag. */
export function tagKey(ownerId: string, tag: string): Key {
  return key(ownerId, `TAG#${tag}`)
}

/** The receipt of a mutation with an idempotency key. */
export function receiptKey(personId: string, mutation: string, digest: string): Key {
  return key(personId, `DONE#${mutation}#${digest}`)
}

/** The profile of a person. */
export function profileKey(personId: string): Key {
  return key(personId, 'PROFILE')
}

/** The person who has a handle. A partition of its own, so that no query lists handles. */
export function handleKey(handle: string): Key {
  return { pk: `HANDLE#${handle}`, sk: 'HANDLE' }
}

/** The sort key of both local indexes. */
export function changeSk(range: IndexRange, at: string, noteId: string): string {
  return `${range}#${at}#${noteId}`
}

/** Bounds of all sort keys that begin with `prefix#`. `$` follows `#` in ASCII, and no key has it at that place. */
export function boundsOf(prefix: string): readonly [string, string] {
  return [`${prefix}#`, `${prefix}$`]
}
