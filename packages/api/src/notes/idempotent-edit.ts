/**
 * Runs an edit of a stored note at most once for each idempotency key. A repeated call returns the note as it is now.
 */
import { retryConflicts } from '@fieldnotes/table/backoff'
import type { FirstCall, KeyedInput, Receipt } from '@fieldnotes/table/receipts'
import { receiptOf } from '../store/receipts.ts'
import { findAll } from './find-notes.ts'
import type { Note } from './note.ts'
import type { NoteScope } from './note-scope.ts'

export interface IdempotentEdit {
  readonly mutation: string
  readonly noteId: string
  readonly input: KeyedInput
  /** The note, when the caller may edit it. @throws the refusal otherwise */
  readonly check: (note: Note | undefined) => Note
  /** Writes the edit together with its receipt. Undefined when another write came first. */
  readonly edit: (note: Note, receipt: Receipt | undefined) => Promise<Note | undefined>
}

/** `note` is the edited note; after a replay, the note as it is stored, if it still is. */
export interface Edited {
  readonly isReplay: boolean
  readonly note: Note | undefined
}

/**
 * `known` replaces the first read.
 * @throws what `check` and `edit` throw; BAD_USER_INPUT for a key with another input; UNAVAILABLE
 */
export async function editOnce(scope: NoteScope, edit: IdempotentEdit, known?: Note): Promise<Edited> {
  const receipt = receiptOf(scope, edit.mutation, edit.input)
  return retryConflicts('the note kept changing', async (attempt) => {
    const { note, firstCall } = attempt === 1 && known ? { note: known } : await read(scope, edit.noteId, receipt)
    if (firstCall) return isOlder(note, firstCall) ? undefined : { isReplay: true, note }
    return attemptEdit(scope, { edit, note, receipt })
  })
}

async function read(scope: NoteScope, noteId: string, receipt: Receipt | undefined) {
  const { notes, others } = await findAll(scope, [noteId], receipt ? [receipt.key] : [])
  return { note: notes.get(noteId), firstCall: receipt?.firstCall(others[0]) }
}

/** A read may see the receipt before the note of the same transaction. */
function isOlder(note: Note | undefined, { version }: FirstCall): boolean {
  return note !== undefined && note.version < version
}

interface Attempt {
  readonly edit: IdempotentEdit
  readonly note: Note | undefined
  readonly receipt: Receipt | undefined
}

async function attemptEdit(scope: NoteScope, { edit, note, receipt }: Attempt): Promise<Edited | undefined> {
  const checked = checkOf(edit, note)
  if ('note' in checked) {
    const edited = await edit.edit(checked.note, receipt)
    return edited && { isReplay: false, note: edited }
  }
  // The call may have been committed a moment ago by another attempt, and refuse itself. Its receipt is stored then.
  if (receipt?.firstCall(await scope.table.get(receipt.key))) return undefined
  throw checked.refusal
}

function checkOf({ check }: IdempotentEdit, note: Note | undefined): { note: Note } | { refusal: unknown } {
  try {
    return { note: check(note) }
  } catch (refusal) {
    return { refusal }
  }
}
