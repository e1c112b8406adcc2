/** Where things lie in the table. Every key begins with the person whose partition it is. */
import type { Key } from './writes.ts'

/** The stretches of both indexes, each in the order of its changes. */
export type Stretch = 'NOTE' | 'TRASH' | 'SHARED' | 'GONE'

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

/** That a note of somebody else's is, or was, shared with this person. A hint: the note itself decides. */
export function pointerKey(personId: string, noteId: string): Key {
  return key(personId, `SHARED#${noteId}`)
}

/** That an own note was deleted. */
export function goneKey(ownerId: string, noteId: string): Key {
  return key(ownerId, `GONE#${noteId}`)
}

/** How many notes outside the trash carry a tag. */
export function tagKey(ownerId: string, tag: string): Key {
  return key(ownerId, `TAG#${tag}`)
}

/** That a mutation was done. */
export function receiptKey(personId: string, mutation: string, digest: string): Key {
  return key(personId, `DONE#${mutation}#${digest}`)
}

/** A place in the indexes. */
export function changeSk(stretch: Stretch, at: string, noteId: string): string {
  return `${stretch}#${at}#${noteId}`
}

/** The whole of what begins with `prefix#`, whatever character follows: `$` is next to `#`, and no key has it there. */
export function wholeOf(prefix: string): readonly [string, string] {
  return [`${prefix}#`, `${prefix}$`]
}
