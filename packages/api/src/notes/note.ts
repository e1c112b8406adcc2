/** A note as the code knows it. Its item in the table is made in `note-item.ts`. */
import type { NoteColor, ShareRole } from '../generated/types.ts'

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
  /** Sorted, each once. */
  readonly tags: readonly string[]
  readonly pinned: boolean
  readonly color: NoteColor | undefined
  readonly version: number
  /** Instants are RFC 3339 in UTC with milliseconds. */
  readonly createdAt: string
  readonly updatedAt: string
  readonly trashedAt: string | undefined
  readonly lastEditedWith: string | undefined
  /** By person. This, and nothing else, decides whom the note is shared with. */
  readonly shares: Readonly<Record<string, Grant>>
}

/** A row of `Note.shares`. */
export interface Share extends Grant {
  readonly personId: string
}

/** The members that people write. */
export type Draft = Pick<Note, 'title' | 'content' | 'tags' | 'pinned' | 'color'>

export interface Birth {
  readonly id: string
  readonly ownerId: string
  readonly at: string
  readonly clientId: string | undefined
}

/** A note as it is first written. */
export function newNote(draft: Draft, { id, ownerId, at, clientId }: Birth): Note {
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
