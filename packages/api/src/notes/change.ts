/** The one way in which a note that exists is changed: read, judge, compute, write on condition that it is still as read. */
import { AppError } from '@fieldnotes/core/error'
import { pause } from '../pause.ts'
import { commit } from './commit.ts'
import { NoteConflict } from './conflict.ts'
import { type Desk, instantAfter } from './desk.ts'
import { findAll } from './find.ts'
import type { Note } from './note.ts'
import { type Keyed, type Receipt, receiptOf } from './receipt.ts'
import { type Action, assertMay, assertVisible } from './roles.ts'
import { transition } from './transition.ts'

export interface Change {
  readonly mutation: string
  readonly action: Action
  readonly noteId: string
  readonly input: Keyed & { readonly version?: number | null | undefined }
  /** The note as it shall be; the same object when nothing is to be done; undefined to delete it. */
  readonly step: (note: Note, at: string) => Note | undefined | Promise<Note | undefined>
}

const attemptsMax = 20
const backoffMs = 4

/** @throws CONFLICT with the note when `version` is not the one that stands */
export const assertVersion = (note: Note, version: number | null | undefined): void => {
  if (typeof version === 'number' && version !== note.version) throw new NoteConflict(note)
}

/**
 * Changes a note, or finds that its key was used before and answers the same again. Two requests to the table, three when
 * the note is shared with the caller. `known` saves the first of them.
 * @throws NOT_FOUND, FORBIDDEN, CONFLICT, BAD_USER_INPUT, UNAVAILABLE
 */
export const changeNote = async (desk: Desk, change: Change, known?: Note): Promise<Note> => {
  // No version and null are the same; of the other members null may be a change.
  const body = { ...change.input, version: change.input.version ?? undefined }
  const receipt = receiptOf(desk, change.mutation, body)
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const answer = await attemptChange(desk, change, { receipt, known: attempt === 1 ? known : undefined })
    if (answer) return answer
    await pause(attempt, backoffMs)
  }
  throw new AppError('UNAVAILABLE', 'the note kept moving')
}

interface Attempt {
  readonly receipt: Receipt | undefined
  readonly known: Note | undefined
}

/** Undefined when somebody else was faster. */
const attemptChange = async (desk: Desk, change: Change, { receipt, known }: Attempt): Promise<Note | undefined> => {
  const { note, earlier } = known ? { note: known } : await read(desk, change.noteId, receipt)
  if (earlier) return repeat(desk, earlier, note)
  const refusal = refusalOf(desk, change, note)
  if (refusal || !note) return repeatOrRefuse(desk, receipt, refusal)
  const at = instantAfter(note.updatedAt, desk.clock())
  const after = stamped(desk, { before: note, after: await change.step(note, at), at })
  const answer = after ?? note
  const writeId = desk.newId(desk.clock())
  const writes = after === note ? [] : transition(note, after, { at, writeId })
  const outcome = await commit(desk.table, { writes, writeId, receipt: receipt?.write(answer) })
  if (outcome.kind === 'done') return answer
  const repeated = outcome.kind === 'repeated' ? receipt?.answer(outcome.receipt) : undefined
  return repeated ? repeat(desk, repeated, note) : undefined
}

/** Why this may not be done; undefined when it may. */
const refusalOf = (desk: Desk, { action, input }: Change, note: Note | undefined): unknown => {
  try {
    assertMay(action, note, desk.personId)
    assertVersion(note, input.version)
    return undefined
  } catch (refusal) {
    return refusal
  }
}

/** What stands in the way may be the work of this very call, done in the same moment: then its receipt is there by now. */
const repeatOrRefuse = async (desk: Desk, receipt: Receipt | undefined, refusal: unknown): Promise<Note> => {
  const earlier = receipt?.answer(await desk.table.get(receipt.key))
  if (!earlier) throw refusal
  return repeat(desk, earlier, (await read(desk, (earlier as Note).id, undefined)).note)
}

const read = async (desk: Desk, noteId: string, receipt: Receipt | undefined) => {
  const { notes, others } = await findAll(desk, [noteId], receipt ? [receipt.key] : [])
  return { note: notes.get(noteId), earlier: receipt?.answer(others[0]) }
}

const stamped = (desk: Desk, { before, after, at }: { before: Note; after: Note | undefined; at: string }) => {
  if (after === undefined || after === before) return after
  return { ...after, version: before.version + 1, updatedAt: at, lastEditedWith: desk.clientId }
}

/**
 * The answer given then. Somebody else's note is not repeated to who may not see it any more, and what the caller is to it
 * is said as of now.
 */
const repeat = (desk: Desk, earlier: unknown, current: Note | undefined): Note => {
  const absent = { color: undefined, trashedAt: undefined, lastEditedWith: undefined }
  const answer = { ...absent, ...(earlier as Note) }
  const left = !Object.hasOwn(answer.shares, desk.personId)
  if (answer.ownerId === desk.personId || left) return answer
  assertVisible(current, desk.personId)
  return { ...answer, shares: current.shares }
}
