import { AppError } from '@fieldnotes/core/error'
import { Problems } from '../errors/bad-input.ts'
import type { CreateNoteInput, CreateNotesInput } from '../generated/types.ts'
import { commit } from '../store/commit.ts'
import { type Keyed, keyFault, receiptOf } from '../store/idempotency.ts'
import { noteKey } from '../store/keys.ts'
import { follow } from './find-notes.ts'
import { type Draft, type Note, newNote } from './note.ts'
import { limits, parseDraft } from './note-input.ts'
import { type Desk, instant } from './note-scope.ts'
import { birth, tagWrites } from './note-writes.ts'
import { assertVisible } from './roles.ts'

interface Creation {
  readonly mutation: string
  readonly input: Keyed
  readonly drafts: readonly Draft[]
}

async function create(desk: Desk, creation: Creation): Promise<Note[]> {
  const { personId, clientId } = desk
  const now = desk.clock()
  const at = instant(now)
  const notes = creation.drafts.map((draft) => newNote(draft, { id: desk.newId(now), ownerId: personId, at, clientId }))
  // The drafts are the body: what is left out, null, or the schema's default all mean the same.
  const body = { drafts: creation.drafts, idempotencyKey: creation.input.idempotencyKey }
  const receipt = receiptOf(desk, creation.mutation, body)
  const stamp = { at, writeId: notes[0]?.id ?? '' }
  const writes = [...notes.flatMap((note) => birth(note, stamp)), ...tagWrites(personId, [], notes)]
  const outcome = await commit(desk.table, { writes, writeId: stamp.writeId, receipt: receipt?.write(notes) })
  if (outcome.kind === 'done') return notes
  const earlier = outcome.kind === 'repeated' ? receipt?.earlier(outcome.receipt) : undefined
  if (earlier) return stored(desk, earlier.ids)
  throw new AppError('UNAVAILABLE', 'a new id that exists')
}

/** The caller's own notes as they are now. @throws NOT_FOUND when one of them was deleted */
async function stored(desk: Desk, ids: readonly string[]): Promise<Note[]> {
  const keys = ids.map((id) => noteKey(desk.personId, id))
  const notes = await follow(desk, keys)
  return ids.map((id) => {
    const note = notes.get(id)
    assertVisible(note, desk.personId)
    return note
  })
}

/**
 * One request to the table, two when the key was used before.
 * @throws BAD_USER_INPUT, UNAVAILABLE; NOT_FOUND when the key was used and the note was deleted since
 */
export async function createNote(desk: Desk, input: CreateNoteInput): Promise<Note> {
  const problems = new Problems()
  const draft = parseDraft(input, 'input', problems)
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  const [note] = await create(desk, { mutation: 'createNote', input, drafts: [draft] })
  if (!note) throw new AppError('INTERNAL', 'a note was lost between draft and answer')
  return note
}

/** All or none, otherwise as `createNote`. */
export async function createNotes(desk: Desk, input: CreateNotesInput): Promise<Note[]> {
  const problems = new Problems()
  const drafts = parseDrafts(input.notes, problems)
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  return create(desk, { mutation: 'createNotes', input, drafts })
}

/** The length of the list is looked at first, so that no list is longer work than the largest that is taken. */
function parseDrafts(notes: CreateNotesInput['notes'], problems: Problems): Draft[] {
  if (notes.length < 1 || notes.length > limits.notesPerCall) {
    problems.add('input.notes', `give 1 to ${limits.notesPerCall}`)
    return []
  }
  const drafts = notes.map((note, index) => parseDraft(note, `input.notes.${index}`, problems))
  if (new Set(drafts.flatMap(({ tags }) => tags)).size > limits.tagsPerCall) {
    problems.add('input.notes', `use at most ${limits.tagsPerCall} different tags in one call`)
  }
  return drafts
}
