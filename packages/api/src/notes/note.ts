/** Notes in the code. `note-item.ts` maps them to items of the table. */
import type { NoteColor, ShareRole } from '../generated/types.ts'

/** A share, without the person. */
export interface Grant {
  readonly role: ShareRole
  readonly at: string
}

export interface Note {
  /** A ULID. */
  readonly id: string
  readonly ownerId: string
  readonly title: string
  readonly content: string
  /** Sorted, without repetitions. */
  readonly tags: readonly string[]
  readonly pinned: boolean
  readonly color: NoteColor | undefined
  readonly version: number
  /** Instants are RFC 3339 in UTC with milliseconds. */
  readonly createdAt: string
  readonly updatedAt: string
  readonly trashedAt: string | undefined
  readonly lastEditedWith: string | undefined
  /** By the id of the person. These alone decide with whom the note is shared. */
  readonly shares: Readonly<Record<string, Grant>>
}

/** A row of `Note.shares`. */
export interface Share extends Grant {
  readonly personId: string
}

/** The members that a client sets. */
export type Draft = Pick<Note, 'title' | 'content' | 'tags' | 'pinned' | 'color'>

export interface Creation {
  readonly id: string
  readonly ownerId: string
  readonly at: string
  readonly clientId: string | undefined
}

/** A note of version 1. */
export function newNote(draft: Draft, { id, ownerId, at, clientId }: Creation): Note {
  return {
    ...draft,
    id,
    ownerId,
    version: 1,
    createdAt: at,
    updatedAt: at,
    trashedAt: undefined,
    lastEditedWith: clientId,
    shares: {},
  }
}
