import type { UpdateNoteInput } from '../generated/types.ts'
import { ConditionFailed } from '../store/failures.ts'
import { changeSk, noteKey } from '../store/keys.ts'
import type { Clause, Item } from '../store/writes.ts'
import { assertVersion, changeNote } from './edit-note.ts'
import type { Draft, Note } from './note.ts'
import { parsePatch } from './note-input.ts'
import { noteOf } from './note-item.ts'
import { type Desk, instant } from './note-scope.ts'
import { parseTargeted } from './note-target.ts'

/** Whether the change touches the note's own item alone, so that nobody needs to know what stands there. */
function simple({ idempotencyKey, tags }: UpdateNoteInput) {
  return (idempotencyKey ?? tags ?? null) === null
}

/**
 * One request for an own note that is not shared, as long as neither tags change nor a key is given; else as `changeNote`.
 * @throws as `changeNote`
 */
export async function updateNote(desk: Desk, input: UpdateNoteInput): Promise<Note> {
  const { noteId, checked: patch } = parseTargeted(input, (problems) => parsePatch(input, problems))
  const known = simple(input) ? await tryDirectly(desk, noteId, { patch, version: input.version }) : undefined
  if (known?.kind === 'written') return known.note
  const step = (note: Note) => ({ ...note, ...patch })
  // Tags are a set: in another order, or given twice, they are the same body to an idempotency key.
  const body = patch.tags ? { ...input, tags: [...patch.tags] } : input
  const change = { mutation: 'updateNote', action: 'update', noteId, input: body, step } as const
  return changeNote(desk, change, known?.note)
}

interface Direct {
  readonly patch: Partial<Draft>
  readonly version: number | null | undefined
}

type Tried = { readonly kind: 'written'; readonly note: Note } | { readonly kind: 'standing'; readonly note: Note }

/** Writes without reading, on condition that the note is the caller's, unshared and outside the trash. */
async function tryDirectly(desk: Desk, noteId: string, { patch, version }: Direct): Promise<Tried | undefined> {
  const now = desk.clock()
  const updatedAt = instant(now)
  const writeId = desk.newId(now)
  const weighed = patch.content !== undefined && { contentBytes: Buffer.byteLength(patch.content) }
  const marks = { updatedAt, changeSk: changeSk('NOTE', updatedAt, noteId), lastEditedWith: desk.clientId, writeId }
  const unchanged: Clause[] = typeof version === 'number' ? [['=', 'version', version]] : []
  const when = [
    [['exists', 'pk'], ['absent', 'shares'], ['absent', 'trashedAt'], ['<', 'updatedAt', updatedAt], ...unchanged],
  ] as const
  const update = noteKey(desk.personId, noteId)
  try {
    const item = await desk.table.write({ update, set: { ...patch, ...weighed, ...marks }, add: { version: 1 }, when })
    return item && { kind: 'written', note: noteOf(item) }
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    return standing(error.failures[0]?.item, { writeId, version })
  }
}

/** What the failed condition met: our own write whose answer got lost, the note as it stands, or nothing of the caller's. */
function standing(
  item: Item | undefined,
  { writeId, version }: { writeId: string; version: Direct['version'] },
): Tried | undefined {
  if (!item) return undefined
  const note = noteOf(item)
  if (item.writeId === writeId) return { kind: 'written', note }
  assertVersion(note, version)
  return { kind: 'standing', note }
}
