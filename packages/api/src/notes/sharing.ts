/** Who else may read or edit a note. All of these are changes of the note itself. */
import { badInput } from '../errors/bad-input.ts'
import type { LeaveNoteInput, ShareNoteInput, UnshareNoteInput } from '../generated/types.ts'
import { handleFault } from '../people/person.ts'
import { changeNote, endNote } from './edit-note.ts'
import { idFault, parseIdOf } from './ids.ts'
import type { Note } from './note.ts'
import { limits } from './note-input.ts'
import type { Desk } from './note-scope.ts'
import { parseTarget, parseTargeted } from './note-target.ts'

/** The note without one of its shares. */
function without(note: Note, personId: string): Note {
  const shares = Object.entries(note.shares).filter(([id]) => id !== personId)
  return { ...note, shares: Object.fromEntries(shares) }
}

/** The id of the person who has a handle. Called only after the caller is known to be the owner. */
export type FindPerson = (handle: string) => Promise<string | undefined>

/** @throws as `changeNote`; BAD_USER_INPUT for a handle that nobody has, the owner's own, and beyond the limit */
export async function shareNote(desk: Desk, input: ShareNoteInput, findPerson: FindPerson): Promise<Note> {
  const { noteId } = parseTargeted(input, (problems) => problems.add('input.handle', handleFault(input.handle)))
  const step = async (note: Note, at: string): Promise<Note> => {
    const personId = await findPerson(input.handle)
    if (personId === undefined) throw badInput('input.handle', 'nobody has it')
    if (personId === note.ownerId) throw badInput('input.handle', 'it is your own')
    const grant = Object.hasOwn(note.shares, personId) ? note.shares[personId] : undefined
    if (grant?.role === input.role) return note
    if (!grant && Object.keys(note.shares).length >= limits.sharesPerNote) {
      throw badInput('input', `share a note with at most ${limits.sharesPerNote} people`)
    }
    return { ...note, shares: { ...note.shares, [personId]: { role: input.role, at: grant?.at ?? at } } }
  }
  return changeNote(desk, { mutation: 'shareNote', action: 'share', noteId, input, step })
}

/** Taking back what was not given is done already. @throws as `changeNote` */
export async function unshareNote(desk: Desk, input: UnshareNoteInput): Promise<Note> {
  const { noteId } = parseTargeted(input, (problems) => problems.add('input.personId', idFault(input.personId)))
  const personId = parseIdOf('User', input.personId, 'input.personId')
  const step = (note: Note) => (Object.hasOwn(note.shares, personId) ? without(note, personId) : note)
  return changeNote(desk, { mutation: 'unshareNote', action: 'share', noteId, input, step })
}

/** @throws as `changeNote`; FORBIDDEN for the owner, who can't leave */
export async function leaveNote(desk: Desk, input: LeaveNoteInput): Promise<void> {
  const step = (note: Note) => without(note, desk.personId)
  await endNote(desk, { mutation: 'leaveNote', action: 'leave', noteId: parseTarget(input), input, step })
}
