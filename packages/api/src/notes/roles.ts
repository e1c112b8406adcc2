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

/**
 * Whether the owner can give the person a role that is enough: a share, to a person who is not the owner. For each
 * action all refused people are alike in that, so that the remedy reveals nothing that the refusal does not.
 */
function canBeGranted(action: Action, role: NoteRole | undefined): boolean {
  return role !== 'OWNER' && roles[action].some((enough) => enough !== 'OWNER')
}

/** The person who acts. */
export interface Actor {
  readonly personId: string
  /** Whether the token reads notes. It is called for a refusal alone. */
  readonly readsNotes: () => boolean
}

/**
 * @throws FORBIDDEN when the person sees the note and their role is not enough, with the remedy ASK_OWNER where another
 * share would be, and the token reads the note; NOT_FOUND when they do not see it
 */
export function assertMay(
  action: Action,
  note: Note | undefined,
  { personId, readsNotes }: Actor,
): asserts note is Note {
  assertVisible(note, personId)
  const allowed: readonly (NoteRole | undefined)[] = roles[action]
  const role = roleOf(note, personId)
  if (allowed.includes(role)) return
  const remedy = canBeGranted(action, role) && readsNotes() ? ({ kind: 'ASK_OWNER' } as const) : undefined
  throw new AppError('FORBIDDEN', `${action} needs another role`, { remedy })
}
