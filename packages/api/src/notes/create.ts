import { AppError } from '@fieldnotes/core/error'
import { badInput } from '../bad-input.ts'
import type { CreateNoteInput, CreateNotesInput } from '../generated/schema.ts'
import { commit } from './commit.ts'
import { type Desk, instant } from './desk.ts'
import { limits, parseDraft } from './input.ts'
import { type Draft, type Note, newNote } from './note.ts'
import { type Keyed, receiptOf } from './receipt.ts'
import { birth, tagWrites } from './transition.ts'

/** What a receipt keeps of new notes: the body that comes with the repetition holds the rest. */
interface Births {
  readonly ids: readonly string[]
  readonly at: string
  readonly clientId: string | undefined
}

interface Creation {
  readonly mutation: string
  readonly input: Keyed
  readonly drafts: readonly Draft[]
}

const bear = ({ drafts }: Creation, ownerId: string, { ids, at, clientId }: Births): Note[] =>
  drafts.map((draft, index) => newNote(draft, { id: ids[index] ?? '', ownerId, at, clientId }))

const create = async (desk: Desk, creation: Creation): Promise<Note[]> => {
  const { personId, clientId } = desk
  const now = desk.clock()
  const births: Births = { ids: creation.drafts.map(() => desk.newId(now)), at: instant(now), clientId }
  const notes = bear(creation, personId, births)
  // The drafts are the body: what is left out, null, or the schema's default all mean the same.
  const body = { drafts: creation.drafts, idempotencyKey: creation.input.idempotencyKey }
  const receipt = receiptOf(desk, creation.mutation, body)
  const stamp = { at: births.at, writeId: births.ids[0] ?? '' }
  const writes = [...notes.flatMap((note) => birth(note, stamp)), ...tagWrites(personId, [], notes)]
  const outcome = await commit(desk.table, { writes, writeId: stamp.writeId, receipt: receipt?.write(births) })
  if (outcome.kind === 'done') return notes
  const earlier = outcome.kind === 'repeated' ? receipt?.answer(outcome.receipt) : undefined
  if (earlier) return bear(creation, personId, earlier as Births)
  throw new AppError('UNAVAILABLE', 'a new id that exists')
}

/** One request to the table. @throws BAD_USER_INPUT, UNAVAILABLE */
export const createNote = async (desk: Desk, input: CreateNoteInput): Promise<Note> => {
  const [note] = await create(desk, { mutation: 'createNote', input, drafts: [parseDraft(input, 'input')] })
  if (!note) throw new AppError('INTERNAL', 'a note was lost between draft and answer')
  return note
}

/** All or none, one request to the table. @throws BAD_USER_INPUT, UNAVAILABLE */
export const createNotes = async (desk: Desk, input: CreateNotesInput): Promise<Note[]> => {
  const { length } = input.notes
  if (length < 1 || length > limits.notesPerCall) throw badInput('input.notes', `give 1 to ${limits.notesPerCall}`)
  const drafts = input.notes.map((note, index) => parseDraft(note, `input.notes.${index}`))
  if (new Set(drafts.flatMap(({ tags }) => tags)).size > limits.tagsPerCall) {
    throw badInput('input.notes', `use at most ${limits.tagsPerCall} different tags in one call`)
  }
  return create(desk, { mutation: 'createNotes', input, drafts })
}
