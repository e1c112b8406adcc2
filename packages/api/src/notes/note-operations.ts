/** Operations on notes for one caller. No operation takes the id of an owner. */
import { AppError } from '@fieldnotes/core/error'
import DataLoader from 'dataloader'
import type * as Schema from '../generated/types.ts'
import { createNote, createNotes } from './create-note.ts'
import { findAll } from './find-notes.ts'
import { parseIdOf } from './ids.ts'
import { listNotes, listShared, type NotesArguments } from './lists.ts'
import type { Note } from './note.ts'
import type { NoteScope } from './note-scope.ts'
import type { PageArguments } from './page-arguments.ts'
import { type FindPerson, leaveNote, shareNote, unshareNote } from './sharing.ts'
import { type ChangesArguments, changesSince } from './sync/delta-sync.ts'
import { countTags } from './tags.ts'
import { deleteNote, restoreNote, trashNote } from './trash.ts'
import { updateNote } from './update-note.ts'

/** Batches reads by id and caches nothing, so that a read after a write of the same request sees it. */
function createLoader(scope: NoteScope) {
  return new DataLoader<string, Note>(
    async (ids) => {
      const { notes } = await findAll(scope, ids)
      return ids.map((id) => notes.get(id) ?? new AppError('NOT_FOUND', 'no such note for this caller'))
    },
    { cache: false },
  )
}

/** Every operation throws what its own file says, and BAD_USER_INPUT for a text that is not an id. */
export function notesOf(scope: NoteScope, findPerson: FindPerson) {
  const loader = createLoader(scope)
  return {
    byKey: (key: string) => loader.load(key),
    get: async (id: string) => loader.load(parseIdOf('Note', id, 'id')),
    list: (args: NotesArguments) => listNotes(scope, args),
    shared: (args: PageArguments) => listShared(scope, args),
    tags: () => countTags(scope),
    changes: (args: ChangesArguments) => changesSince(scope, args),
    create: (input: Schema.CreateNoteInput) => createNote(scope, input),
    createMany: (input: Schema.CreateNotesInput) => createNotes(scope, input),
    update: (input: Schema.UpdateNoteInput) => updateNote(scope, input),
    trash: (input: Schema.TrashNoteInput) => trashNote(scope, input),
    restore: (input: Schema.RestoreNoteInput) => restoreNote(scope, input),
    delete: (input: Schema.DeleteNoteInput) => deleteNote(scope, input),
    share: (input: Schema.ShareNoteInput) => shareNote(scope, input, findPerson),
    unshare: (input: Schema.UnshareNoteInput) => unshareNote(scope, input),
    leave: (input: Schema.LeaveNoteInput) => leaveNote(scope, input),
  }
}

export type Notes = ReturnType<typeof notesOf>
