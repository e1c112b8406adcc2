/** Shares a note with other people, and ends shares. Each is an edit of the note itself. */
import { badInput } from '../errors/bad-input.ts'
import type { LeaveNoteInput, ShareNoteInput, UnshareNoteInput } from '../generated/types.ts'
import { handleFault } from '../people/handle.ts'
import { editNote, endNote } from './edit-note.ts'
import { idFault, parseIdOf } from './ids.ts'
import type { Note } from './note.ts'
import { limits } from './note-limits.ts'
import type { NoteScope } from './note-scope.ts'
import { parseTarget, parseTargetWith } from './note-target.ts'

function withoutShare(note: Note, personId: string): Note {
  const shares = Object.entries(note.shares).filter(([id]) => id !== personId)
  return { ...note, shares: Object.fromEntries(shares) }
}

/**
 * The id of the person who has a handle. Called after the caller's role is checked: only an owner may search for
 * handles.
 */
export type FindPerson = (handle: string) => Promise<string | undefined>

/** @throws as `editNote`; BAD_USER_INPUT for an unknown handle, the owner's own handle, and more than 50 shares */
export async function shareNote(scope: NoteScope, input: ShareNoteInput, findPerson: FindPerson): Promise<Note> {
  const { noteId } = parseTargetWith(input, (problems) => problems.add('input.handle', handleFault(input.handle)))
  const apply = async (note: Note, at: string): Promise<Note> => {
    const personId = await findPerson(input.handle)
    if (personId === undefined) throw badInput('input.handle', 'unknown handle')
    if (personId === note.ownerId) throw badInput('input.handle', 'it is your own')
    const grant = Object.hasOwn(note.shares, personId) ? note.shares[personId] : undefined
    if (grant?.role === input.role) return note
    if (!grant && Object.keys(note.shares).length >= limits.sharesPerNote) {
      throw badInput('input', `share a note with at most ${limits.sharesPerNote} people`)
    }
    return { ...note, shares: { ...note.shares, [personId]: { role: input.role, at: grant?.at ?? at } } }
  }
  return editNote(scope, { mutation: 'shareNote', action: 'share', noteId, input, apply })
}

/** Ending a share that does not exist changes nothing. @throws as `editNote` */
export async function unshareNote(scope: NoteScope, input: UnshareNoteInput): Promise<Note> {
  const { noteId } = parseTargetWith(input, (problems) => problems.add('input.personId', idFault(input.personId)))
  const personId = parseIdOf('User', input.personId, 'input.personId')
  const apply = (note: Note) => (Object.hasOwn(note.shares, personId) ? withoutShare(note, personId) : note)
  return editNote(scope, { mutation: 'unshareNote', action: 'share', noteId, input, apply })
}

/** Ends the caller's own share. @throws as `editNote`; FORBIDDEN for the owner */
export async function leaveNote(scope: NoteScope, input: LeaveNoteInput): Promise<void> {
  const apply = (note: Note) => withoutShare(note, scope.personId)
  await endNote(scope, { mutation: 'leaveNote', action: 'leave', noteId: parseTarget(input), input, apply })
}
