/**
 * The only way to change or delete a stored note: check the caller's role and version, compute, and write if it is
 * still as read.
 */
import { commit } from '@fieldnotes/table/commit'
import { instantAfter } from '@fieldnotes/table/instants'
import type { KeyedInput, Receipt } from '@fieldnotes/table/receipts'
import { editOnce } from './idempotent-edit.ts'
import type { Note } from './note.ts'
import { NoteConflict } from './note-conflict.ts'
import type { NoteScope } from './note-scope.ts'
import { noteWrites } from './note-writes.ts'
import { type Action, assertMay, assertVisible } from './roles.ts'

export interface NoteEdit {
  readonly mutation: string
  readonly action: Action
  readonly noteId: string
  readonly input: KeyedInput & { readonly version?: number | null | undefined }
  /** The edited note; the same object for no change; undefined to delete the note. */
  readonly apply: (note: Note, at: string) => Note | undefined | Promise<Note | undefined>
}

/**
 * Edits a note and returns it; for a repeated key, the note as it is now. Two requests to the table, three when the
 * note is shared with the caller. `known` saves the first of them.
 * @throws NOT_FOUND, FORBIDDEN, CONFLICT, BAD_USER_INPUT, UNAVAILABLE
 */
export async function editNote(scope: NoteScope, edit: NoteEdit, known?: Note): Promise<Note> {
  const { note } = await run(scope, edit, known)
  assertVisible(note, scope.personId)
  return note
}

/** An edit after which the caller no longer sees the note: deleting it, or leaving it. @throws as `editNote` */
export async function endNote(scope: NoteScope, edit: NoteEdit): Promise<void> {
  await run(scope, edit)
}

/** @throws CONFLICT with the note when `version` is given and is not the note's */
export function assertVersion(note: Note, version: number | null | undefined): void {
  if (typeof version === 'number' && version !== note.version) throw new NoteConflict(note)
}

function run(scope: NoteScope, edit: NoteEdit, known?: Note) {
  const { mutation, action, noteId, input } = edit
  const check = (note: Note | undefined): Note => {
    assertMay(action, note, scope)
    assertVersion(note, input.version)
    return note
  }
  // A version of null means none. For other members null may be a change.
  const body = { ...input, version: input.version ?? undefined }
  const write = (note: Note, receipt: Receipt | undefined) => writeEdit(scope, { edit, note, receipt })
  return editOnce(scope, { mutation, noteId, input: body, check, edit: write }, known)
}

interface Writing {
  readonly edit: NoteEdit
  readonly note: Note
  readonly receipt: Receipt | undefined
}

/** Writes on condition that the note still has the version that was read. Undefined when it has not. */
async function writeEdit(scope: NoteScope, { edit, note, receipt }: Writing): Promise<Note | undefined> {
  const at = instantAfter(note.updatedAt, scope.clock())
  const after = stamped(scope, { before: note, after: await edit.apply(note, at), at })
  const written = after ?? note
  const writeId = scope.newId(scope.clock())
  const writes = after === note ? [] : noteWrites(note, after, { at, writeId })
  const { kind } = await commit(scope.table, { writes, writeId, receipt: receipt?.write([written]) })
  return kind === 'done' ? written : undefined
}

function stamped(scope: NoteScope, { before, after, at }: { before: Note; after: Note | undefined; at: string }) {
  if (after === undefined || after === before) return after
  return { ...after, version: before.version + 1, updatedAt: at, lastEditedWith: scope.clientId }
}
