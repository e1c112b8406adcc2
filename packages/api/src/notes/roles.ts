/** What a person is to a note, and which roles each action asks for: one table for the rules and for the writes. */
import { AppError } from '@fieldnotes/core/error'
import type { NoteRole } from '../generated/types.ts'
import type { Note } from './note.ts'

export const roles = {
  update: ['OWNER', 'EDITOR'],
  trash: ['OWNER'],
  restore: ['OWNER'],
  delete: ['OWNER'],
  share: ['OWNER'],
  leave: ['EDITOR', 'VIEWER'],
} as const satisfies Record<string, readonly NoteRole[]>

export type Action = keyof typeof roles

/** Undefined for a stranger. A note in the trash is its owner's alone. */
export function roleOf(note: Note, personId: string): NoteRole | undefined {
  if (note.ownerId === personId) return 'OWNER'
  if (note.trashedAt !== undefined || !Object.hasOwn(note.shares, personId)) return undefined
  return note.shares[personId]?.role
}

/** @throws NOT_FOUND when there is no such note or the person may not know of it */
export function assertVisible(note: Note | undefined, personId: string): asserts note is Note {
  if (note && roleOf(note, personId)) return
  throw new AppError('NOT_FOUND', note ? 'a note of somebody else' : 'no such note')
}

/** @throws FORBIDDEN when the person sees the note but may not do this; NOT_FOUND otherwise */
export function assertMay(action: Action, note: Note | undefined, personId: string): asserts note is Note {
  assertVisible(note, personId)
  const allowed: readonly (NoteRole | undefined)[] = roles[action]
  if (!allowed.includes(roleOf(note, personId))) throw new AppError('FORBIDDEN', `${action} needs another role`)
}
