/** Changes title, content, tags, pin or color of a note. */

import { ConditionFailed } from '@fieldnotes/table/failures'
import { instant } from '@fieldnotes/table/instants'
import type { Clause, Item } from '@fieldnotes/table/writes'
import type { UpdateNoteInput } from '../generated/types.ts'
import { changeSk, noteKey } from '../store/item-keys.ts'
import { assertVersion, editNote } from './edit-note.ts'
import type { Draft, Note } from './note.ts'
import { parsePatch } from './note-input.ts'
import { noteOf } from './note-item.ts'
import type { NoteScope } from './note-scope.ts'
import { parseTargetWith } from './note-target.ts'

/**
 * Whether the change writes no item but the note's: no receipt, and no tag counts, which need the tags that are stored.
 */
function writesNoteAlone({ idempotencyKey, tags }: UpdateNoteInput) {
  return (idempotencyKey ?? tags ?? null) === null
}

/**
 * One request for an own note that is not shared, without tags and key in the input; else as `editNote`.
 * @throws as `editNote`
 */
export async function updateNote(scope: NoteScope, input: UpdateNoteInput): Promise<Note> {
  const { noteId, checked: patch } = parseTargetWith(input, (problems) => parsePatch(input, problems))
  const direct = { patch, version: input.version }
  const known = writesNoteAlone(input) ? await tryDirectly(scope, noteId, direct) : undefined
  if (known?.isWritten) return known.note
  const apply = (note: Note) => ({ ...note, ...patch })
  // Tags are a set: in another order or with repetitions they are the same input to an idempotency key.
  const body = patch.tags ? { ...input, tags: [...patch.tags] } : input
  const edit = { mutation: 'updateNote', action: 'update', noteId, input: body, apply } as const
  return editNote(scope, edit, known?.note)
}

interface Direct {
  readonly patch: Partial<Draft>
  readonly version: number | null | undefined
}

/** The written note, or the stored note that did not fulfil the condition. */
interface Tried {
  readonly isWritten: boolean
  readonly note: Note
}

/** Writes without a read, on condition that the note is the caller's own, not shared, and outside the trash. */
async function tryDirectly(scope: NoteScope, noteId: string, { patch, version }: Direct): Promise<Tried | undefined> {
  const now = scope.clock()
  const updatedAt = instant(now)
  const writeId = scope.newId(now)
  const size = patch.content !== undefined && { contentBytes: Buffer.byteLength(patch.content) }
  const stamp = { updatedAt, changeSk: changeSk('NOTE', updatedAt, noteId), lastEditedWith: scope.clientId, writeId }
  const unchanged: Clause[] = typeof version === 'number' ? [['=', 'version', version]] : []
  const when = [
    [['exists', 'pk'], ['absent', 'shares'], ['absent', 'trashedAt'], ['<', 'updatedAt', updatedAt], ...unchanged],
  ] as const
  const update = noteKey(scope.personId, noteId)
  try {
    const item = await scope.table.write({ update, set: { ...patch, ...size, ...stamp }, add: { version: 1 }, when })
    return item && { isWritten: true, note: noteOf(item) }
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    return storedNote(error.failures[0]?.item, { writeId, version })
  }
}

/**
 * The stored note. It has our own `writeId` when the SDK repeated a write whose response was lost. Undefined for no own
 * note.
 */
function storedNote(
  item: Item | undefined,
  { writeId, version }: { writeId: string; version: Direct['version'] },
): Tried | undefined {
  if (!item) return undefined
  const note = noteOf(item)
  if (item.writeId === writeId) return { isWritten: true, note }
  assertVersion(note, version)
  return { isWritten: false, note }
}
