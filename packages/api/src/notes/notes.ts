/** Everything one caller can do with notes. No method takes an owner, so none can be given the wrong one. */
import { AppError } from '@fieldnotes/core/error'
import DataLoader from 'dataloader'
import type * as Schema from '../generated/types.ts'
import { createNote, createNotes } from './create-note.ts'
import { findAll } from './find-notes.ts'
import { parseIdOf } from './ids.ts'
import { listNotes, listShared, type NotesArgs } from './lists.ts'
import type { Note } from './note.ts'
import type { Desk } from './note-scope.ts'
import type { PageArgs } from './pages.ts'
import { type FindPerson, leaveNote, shareNote, unshareNote } from './sharing.ts'
import { type ChangesArgs, changesSince } from './sync/delta-sync.ts'
import { countTags } from './tags.ts'
import { deleteNote, restoreNote, trashNote } from './trash.ts'
import { updateNote } from './update-note.ts'

/** Notes asked for in one go are read in one go. Nothing is kept: a later read of the same request sees its writes. */
function createLoader(desk: Desk) {
  return new DataLoader<string, Note>(
    async (ids) => {
      const { notes } = await findAll(desk, ids)
      return ids.map((id) => notes.get(id) ?? new AppError('NOT_FOUND', 'no such note for this caller'))
    },
    { cache: false },
  )
}

/** Errors of each: as its operation says, and BAD_USER_INPUT for what is not an id. */
export function notesOf(desk: Desk, findPerson: FindPerson) {
  const loader = createLoader(desk)
  return {
    byKey: (key: string) => loader.load(key),
    get: async (id: string) => loader.load(parseIdOf('Note', id, 'id')),
    list: (args: NotesArgs) => listNotes(desk, args),
    shared: (args: PageArgs) => listShared(desk, args),
    tags: () => countTags(desk),
    changes: (args: ChangesArgs) => changesSince(desk, args),
    create: (input: Schema.CreateNoteInput) => createNote(desk, input),
    createMany: (input: Schema.CreateNotesInput) => createNotes(desk, input),
    update: (input: Schema.UpdateNoteInput) => updateNote(desk, input),
    trash: (input: Schema.TrashNoteInput) => trashNote(desk, input),
    restore: (input: Schema.RestoreNoteInput) => restoreNote(desk, input),
    delete: (input: Schema.DeleteNoteInput) => deleteNote(desk, input),
    share: (input: Schema.ShareNoteInput) => shareNote(desk, input, findPerson),
    unshare: (input: Schema.UnshareNoteInput) => unshareNote(desk, input),
    leave: (input: Schema.LeaveNoteInput) => leaveNote(desk, input),
  }
}

export type Notes = ReturnType<typeof notesOf>
