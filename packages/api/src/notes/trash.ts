/** Moves notes into the trash and out of it, and deletes notes. A note in the trash is visible to its owner alone. */
import type { DeleteNoteInput, RestoreNoteInput, TrashNoteInput } from '../generated/types.ts'
import { editNote, endNote } from './edit-note.ts'
import type { Note } from './note.ts'
import type { NoteScope } from './note-scope.ts'
import { parseTarget } from './note-target.ts'

/** Changes nothing for a note in the trash. @throws as `editNote` */
export async function trashNote(scope: NoteScope, input: TrashNoteInput): Promise<Note> {
  const apply = (note: Note, at: string) => (note.trashedAt === undefined ? { ...note, trashedAt: at } : note)
  return editNote(scope, { mutation: 'trashNote', action: 'trash', noteId: parseTarget(input), input, apply })
}

/** Changes nothing for a note outside the trash. @throws as `editNote` */
export async function restoreNote(scope: NoteScope, input: RestoreNoteInput): Promise<Note> {
  const apply = (note: Note) => (note.trashedAt === undefined ? note : { ...note, trashedAt: undefined })
  return editNote(scope, { mutation: 'restoreNote', action: 'restore', noteId: parseTarget(input), input, apply })
}

/** Deletes a note, inside or outside the trash. @throws as `editNote` */
export async function deleteNote(scope: NoteScope, input: DeleteNoteInput): Promise<void> {
  const noteId = parseTarget(input)
  await endNote(scope, { mutation: 'deleteNote', action: 'delete', noteId, input, apply: () => undefined })
}
