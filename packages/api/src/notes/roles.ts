/** A person's role for a note, and the roles that each action needs. The rules and the writes use the same table. */
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

/** Undefined for a person who may not see the note. A note in the trash has no role but its owner's. */
export function roleOf(note: Note, personId: string): NoteRole | undefined {
  if (note.ownerId === personId) return 'OWNER'
  if (note.trashedAt !== undefined || !Object.hasOwn(note.shares, personId)) return undefined
  return note.shares[personId]?.role
}

/** @throws NOT_FOUND when there is no such note, and when the person may not see it */
export function assertVisible(note: Note | undefined, personId: string): asserts note is Note {
  if (note && roleOf(note, personId)) return
  throw new AppError('NOT_FOUND', note ? "another person's note" : 'no such note')
}

/** @throws FORBIDDEN when the person sees the note and their role is not enough; NOT_FOUND when they do not see it */
export function assertMay(action: Action, note: Note | undefined, personId: string): asserts note is Note {
  assertVisible(note, personId)
  const allowed: readonly (NoteRole | undefined)[] = roles[action]
  if (!allowed.includes(roleOf(note, personId))) throw new AppError('FORBIDDEN', `${action} needs another role`)
}
