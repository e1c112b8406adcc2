/** Changes title, content, tags, pin or color of a note. */
import { AppError } from '@fieldnotes/core/error'
import { LostAnswer } from '@fieldnotes/table/failures'
import type { UpdateNoteInput } from '../generated/types.ts'
import { type Tried, tryDirectly, untried } from './direct-update.ts'
import { editNote } from './edit-note.ts'
import type { Note } from './note.ts'
import { parsePatch } from './note-input.ts'
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
  const tried: Tried = writesNoteAlone(input) ? await tryDirectly(scope, noteId, direct) : untried
  if (tried.isWritten) return tried.note
  const apply = (note: Note) => ({ ...note, ...patch })
  // Tags are a set: in another order or with repetitions they are the same input to an idempotency key.
  const body = patch.tags ? { ...input, tags: [...patch.tags] } : input
  const edit = { mutation: 'updateNote', action: 'update', noteId, input: body, apply } as const
  return editNote(scope, edit, tried.note).catch((refusal) => {
    throw tried.lost && leavesOpen(refusal)
      ? new LostAnswer('a write without an answer, and no note', tried.lost)
      : refusal
  })
}

/** Codes after which the note may have been the caller's own. Every other one is that of another person's note. */
const open: ReadonlySet<string> = new Set(['NOT_FOUND', 'UNAVAILABLE'])

/** Whether a refusal does not say if a lost attempt took effect: the note was deleted since, or can't be read. */
function leavesOpen(refusal: unknown): boolean {
  return refusal instanceof AppError && open.has(refusal.code)
}
