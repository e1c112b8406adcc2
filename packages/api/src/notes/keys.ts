/** Where things lie in the table. Every key begins with the person whose partition it is. */
import type { Key } from '../table-writes.ts'

/** The stretches of both indexes, each in the order of its changes. */
export type Stretch = 'NOTE' | 'TRASH' | 'SHARED' | 'GONE'

export const partition = (personId: string): string => `USER#${personId}`

const key = (personId: string, sk: string): Key => ({ pk: partition(personId), sk })

/** A note, in its owner's partition. */
export const noteKey = (ownerId: string, noteId: string): Key => key(ownerId, `NOTE#${noteId}`)

/** That a note of somebody else's is, or was, shared with this person. A hint: the note itself decides. */
export const pointerKey = (personId: string, noteId: string): Key => key(personId, `SHARED#${noteId}`)

/** That an own note was deleted. */
export const goneKey = (ownerId: string, noteId: string): Key => key(ownerId, `GONE#${noteId}`)

/** How many notes outside the trash carry a tag. */
export const tagKey = (ownerId: string, tag: string): Key => key(ownerId, `TAG#${tag}`)

/** That a mutation was done. */
export const receiptKey = (personId: string, mutation: string, digest: string): Key =>
  key(personId, `DONE#${mutation}#${digest}`)

/** A place in the indexes. */
export const changeSk = (stretch: Stretch, at: string, noteId: string): string => `${stretch}#${at}#${noteId}`

/** The whole of what begins with `prefix#`, whatever character follows: `$` is next to `#`, and no key has it there. */
export const wholeOf = (prefix: string): readonly [string, string] => [`${prefix}#`, `${prefix}$`]
