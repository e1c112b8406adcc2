/** Into the trash, out of it, and away for good. Whoever the note is shared with loses sight of it at once. */
import type { DeleteNoteInput, RestoreNoteInput, TrashNoteInput } from '../generated/types.ts'
import { changeNote, endNote } from './edit-note.ts'
import type { Note } from './note.ts'
import type { Desk } from './note-scope.ts'
import { parseTarget } from './note-target.ts'

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
