/** Changes an own note that is not shared by one request. */
import { tookEffect } from '@fieldnotes/table/commit'
import { ConditionFailed } from '@fieldnotes/table/failures'
import { instant } from '@fieldnotes/table/instants'
import type { Clause } from '@fieldnotes/table/writes'
import { changeSk, noteKey } from '../store/item-keys.ts'
import { assertVersion } from './edit-note.ts'
import type { Draft, Note } from './note.ts'
import { noteOf } from './note-item.ts'
import type { NoteScope } from './note-scope.ts'

/** The change, and the version that the caller expects. */
interface Direct {
  readonly patch: Partial<Draft>
  readonly version: number | null | undefined
}

/**
 * The written note, which may be the result of an attempt whose answer got lost; or the stored note, which is not
 * changed. Where there is no own note, `lost` is the error of an attempt that may have changed it before its deletion.
 */
export type Tried = { readonly isWritten: true; readonly note: Note } | Untouched

interface Untouched {
  readonly isWritten: false
  readonly note: Note | undefined
  readonly lost: unknown
}

/** Nothing is known of the note. */
export const untried: Untouched = { isWritten: false, note: undefined, lost: undefined }

/**
 * Writes without a read, on condition that the note is the caller's own, not shared, and outside the trash.
 * @throws CONFLICT for another version than the stored note's; UNAVAILABLE
 */
export async function tryDirectly(scope: NoteScope, noteId: string, { patch, version }: Direct): Promise<Tried> {
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
    const item = await scope.table.update({ update, set: { ...patch, ...size, ...stamp }, add: { version: 1 }, when })
    return { isWritten: true, note: noteOf(item) }
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    return triedOf(error, { writeId, updatedAt, version })
  }
}

interface Stamp {
  readonly writeId: string
  readonly updatedAt: string
  readonly version: Direct['version']
}

/** @throws CONFLICT for another version than the stored note's; UNAVAILABLE where the effect can't be known */
function triedOf(failed: ConditionFailed, stamp: Stamp): Tried {
  const item = failed.failures[0]?.item
  if (!item) return { ...untried, lost: failed.lost }
  const isWritten = tookEffect(failed, stamp.writeId, (stored) => isWithout(noteOf(stored), stamp))
  const note = noteOf(item)
  if (isWritten) return { isWritten, note }
  assertVersion(note, stamp.version)
  return { isWritten, note, lost: undefined }
}

/**
 * Whether no attempt changed this note, which another write left. Each change has a later instant and the next version;
 * of the writes for one version one takes effect.
 */
function isWithout(stored: Note, { updatedAt, version }: Stamp): boolean {
  return stored.updatedAt <= updatedAt || (typeof version === 'number' && stored.version <= version + 1)
}
