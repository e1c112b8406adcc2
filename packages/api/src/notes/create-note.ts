/** Creates one note, or several in one transaction. */
import { AppError } from '@fieldnotes/core/error'
import { commit } from '@fieldnotes/table/commit'
import { instant } from '@fieldnotes/table/instants'
import { type KeyedInput, keyFault } from '@fieldnotes/table/receipts'
import { Problems } from '../errors/bad-input.ts'
import type { CreateNoteInput, CreateNotesInput } from '../generated/types.ts'
import { noteKey } from '../store/item-keys.ts'
import { receiptOf } from '../store/receipts.ts'
import { readVisible } from './find-notes.ts'
import { type Draft, type Note, newNote } from './note.ts'
import { parseDraft } from './note-input.ts'
import { limits } from './note-limits.ts'
import type { NoteScope } from './note-scope.ts'
import { newNoteWrites, tagWrites } from './note-writes.ts'
import { assertVisible } from './roles.ts'

interface CreateCall {
  readonly mutation: string
  readonly input: KeyedInput
  readonly drafts: readonly Draft[]
}

async function create(scope: NoteScope, call: CreateCall): Promise<Note[]> {
  const { personId, clientId } = scope
  const now = scope.clock()
  const at = instant(now)
  const notes = call.drafts.map((draft) => newNote(draft, { id: scope.newId(now), ownerId: personId, at, clientId }))
  // The receipt compares drafts, in which a member that is missing, null, or the schema's default is the same.
  const body = { drafts: call.drafts, idempotencyKey: call.input.idempotencyKey }
  const receipt = receiptOf(scope, call.mutation, body)
  const stamp = { at, writeId: notes[0]?.id ?? '' }
  const writes = [...notes.flatMap((note) => newNoteWrites(note, stamp)), ...tagWrites(personId, [], notes)]
  const outcome = await commit(scope.table, { writes, writeId: stamp.writeId, receipt: receipt?.write(notes) })
  if (outcome.kind === 'done') return notes
  const firstCall = outcome.kind === 'repeated' ? receipt?.firstCall(outcome.receipt) : undefined
  if (firstCall) return readOwn(scope, firstCall.ids)
  throw new AppError('UNAVAILABLE', 'a new id that exists')
}

/** The caller's own notes as they are now. @throws NOT_FOUND when one of them was deleted */
async function readOwn(scope: NoteScope, ids: readonly string[]): Promise<Note[]> {
  const keys = ids.map((id) => noteKey(scope.personId, id))
  const notes = await readVisible(scope, keys)
  return ids.map((id) => {
    const note = notes.get(id)
    assertVisible(note, scope.personId)
    return note
  })
}

/**
 * One request to the table, two for a repeated key.
 * @throws BAD_USER_INPUT, UNAVAILABLE; NOT_FOUND for a repeated key whose note was deleted
 */
export async function createNote(scope: NoteScope, input: CreateNoteInput): Promise<Note> {
  const problems = new Problems()
  const draft = parseDraft(input, 'input', problems)
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  const [note] = await create(scope, { mutation: 'createNote', input, drafts: [draft] })
  if (!note) throw new AppError('INTERNAL', 'a note was lost between draft and answer')
  return note
}

/** Creates all notes or none; otherwise as `createNote`. */
export async function createNotes(scope: NoteScope, input: CreateNotesInput): Promise<Note[]> {
  const problems = new Problems()
  const drafts = parseDrafts(input.notes, problems)
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  return create(scope, { mutation: 'createNotes', input, drafts })
}

/** The length of the list is checked first, so that a longer list is not read. */
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
