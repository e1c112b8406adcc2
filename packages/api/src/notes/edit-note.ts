/** The one way in which a note that exists is changed: read, judge, compute, write on condition that it is still as read. */
import { AppError } from '@fieldnotes/core/error'
import { pause } from '../store/backoff.ts'
import { commit } from '../store/commit.ts'
import { type Earlier, type Keyed, type Receipt, receiptOf } from '../store/idempotency.ts'
import { findAll } from './find-notes.ts'
import type { Note } from './note.ts'
import { NoteConflict } from './note-conflict.ts'
import { type Desk, instantAfter } from './note-scope.ts'
import { transition } from './note-writes.ts'
import { type Action, assertMay, assertVisible } from './roles.ts'

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
export function assertVersion(note: Note, version: number | null | undefined): void {
  if (typeof version === 'number' && version !== note.version) throw new NoteConflict(note)
}

/** What a call is answered with: `first` when it did the change, `again` when a call with its key had done it before. */
interface Answers<T> {
  readonly first: (note: Note) => T
  /** The note as it is now. @throws NOT_FOUND */
  readonly again: (note: Note | undefined, personId: string) => T
}

const theNote: Answers<Note> = {
  first: (note) => note,
  again: (note, personId) => {
    assertVisible(note, personId)
    return note
  },
}

/** Afterwards the caller can't see the note any more, and there is nothing to answer but that it is done. */
const thatItEnded: Answers<'ended'> = { first: () => 'ended', again: () => 'ended' }

/**
 * Changes a note, or finds that its key was used before and answers with the note as it is now. Two requests to the table,
 * three when the note is shared with the caller. `known` saves the first of them.
 * @throws NOT_FOUND, FORBIDDEN, CONFLICT, BAD_USER_INPUT, UNAVAILABLE
 */
export function changeNote(desk: Desk, change: Change, known?: Note): Promise<Note> {
  return settle(desk, { change, answers: theNote, known })
}

/** A change after which the caller does not see the note: deleting it, or leaving it. @throws as `changeNote` */
export async function endNote(desk: Desk, change: Change): Promise<void> {
  await settle(desk, { change, answers: thatItEnded, known: undefined })
}

interface Settling<T> {
  readonly change: Change
  readonly answers: Answers<T>
  readonly known: Note | undefined
}

async function settle<T>(desk: Desk, { change, answers, known }: Settling<T>): Promise<T> {
  // No version and null are the same; of the other members null may be a change.
  const body = { ...change.input, version: change.input.version ?? undefined }
  const receipt = receiptOf(desk, change.mutation, body)
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const answer = await attemptChange(desk, { change, answers, receipt, known: attempt === 1 ? known : undefined })
    if (answer !== undefined) return answer
    await pause(attempt, backoffMs)
  }
  throw new AppError('UNAVAILABLE', 'the note kept moving')
}

interface Attempt<T> extends Settling<T> {
  readonly receipt: Receipt | undefined
}

/** Undefined when another write was faster: read again. */
async function attemptChange<T>(desk: Desk, attempt: Attempt<T>): Promise<T | undefined> {
  const { change, answers, receipt, known } = attempt
  const { note, earlier } = known ? { note: known } : await read(desk, change.noteId, receipt)
  if (earlier) return isOlder(note, earlier) ? undefined : answers.again(note, desk.personId)
  const refusal = refusalOf(desk, change, note)
  if (refusal || !note) return refuseUnlessDone(desk, receipt, refusal)
  const at = instantAfter(note.updatedAt, desk.clock())
  const after = stamped(desk, { before: note, after: await change.step(note, at), at })
  const left = after ?? note
  const writeId = desk.newId(desk.clock())
  const writes = after === note ? [] : transition(note, after, { at, writeId })
  const { kind } = await commit(desk.table, { writes, writeId, receipt: receipt?.write([left]) })
  return kind === 'done' ? answers.first(left) : undefined
}

function isOlder(note: Note | undefined, { version }: Earlier): boolean {
  return note !== undefined && note.version < version
}

/** Why this may not be done; undefined when it may. */
function refusalOf(desk: Desk, { action, input }: Change, note: Note | undefined): unknown {
  try {
    assertMay(action, note, desk.personId)
    assertVersion(note, input.version)
    return undefined
  } catch (refusal) {
    return refusal
  }
}

/** The refusal may be the work of this very call, done in the same moment: then its receipt is stored by now. */
async function refuseUnlessDone(desk: Desk, receipt: Receipt | undefined, refusal: unknown): Promise<undefined> {
  if (!receipt?.earlier(await desk.table.get(receipt.key))) throw refusal
}

async function read(desk: Desk, noteId: string, receipt: Receipt | undefined) {
  const { notes, others } = await findAll(desk, [noteId], receipt ? [receipt.key] : [])
  return { note: notes.get(noteId), earlier: receipt?.earlier(others[0]) }
}

function stamped(desk: Desk, { before, after, at }: { before: Note; after: Note | undefined; at: string }) {
  if (after === undefined || after === before) return after
  return { ...after, version: before.version + 1, updatedAt: at, lastEditedWith: desk.clientId }
}
