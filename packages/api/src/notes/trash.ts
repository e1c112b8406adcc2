/** Into the trash, out of it, and away for good. Whoever the note is shared with loses sight of it at once. */
import type { DeleteNoteInput, RestoreNoteInput, TrashNoteInput } from '../generated/schema.ts'
import { changeNote, endNote } from './change.ts'
import type { Desk } from './desk.ts'
import type { Note } from './note.ts'
import { parseTarget } from './target.ts'

/** A note that is there already stays as it is. @throws as `changeNote` */
export async function trashNote(desk: Desk, input: TrashNoteInput): Promise<Note> {
  const step = (note: Note, at: string) => (note.trashedAt === undefined ? { ...note, trashedAt: at } : note)
  return changeNote(desk, { mutation: 'trashNote', action: 'trash', noteId: parseTarget(input), input, step })
}

/** A note outside the trash stays as it is. @throws as `changeNote` */
export async function restoreNote(desk: Desk, input: RestoreNoteInput): Promise<Note> {
  const step = (note: Note) => (note.trashedAt === undefined ? note : { ...note, trashedAt: undefined })
  return changeNote(desk, { mutation: 'restoreNote', action: 'restore', noteId: parseTarget(input), input, step })
}

/** Needs no stop in the trash. @throws as `changeNote` */
export async function deleteNote(desk: Desk, input: DeleteNoteInput): Promise<void> {
  const noteId = parseTarget(input)
  await endNote(desk, { mutation: 'deleteNote', action: 'delete', noteId, input, step: () => undefined })
}
