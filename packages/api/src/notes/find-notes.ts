/** Reads notes by id. Every read starts in the caller's own partition; a pointer there names another person's note. */
import type { Item, Key } from '@fieldnotes/table/writes'
import { noteKey, pointerKey } from '../store/item-keys.ts'
import type { Note } from './note.ts'
import { noteOf } from './note-item.ts'
import type { NoteScope } from './note-scope.ts'
import { roleOf } from './roles.ts'

function isNote(item: Item) {
  return item.sk.startsWith('NOTE#')
}
function isPointer(item: Item) {
  return item.sk.startsWith('SHARED#') && item.reason === undefined
}

/** The key of the note that a pointer names. */
export function targetOf(pointer: Item): Key {
  return noteKey(String(pointer.ownerId), String(pointer.id))
}

interface ReadNotes {
  /** The notes that the caller may see, according to each note's `shares`. */
  readonly visible: Map<string, Note>
  /** The last change of every note that exists, visible or not. */
  readonly changedAt: ReadonlyMap<string, string>
}

/** The notes under these keys. One request, none for no keys. */
export async function readNotes(scope: NoteScope, keys: readonly Key[]): Promise<ReadNotes> {
  const found = keys.length > 0 ? (await scope.table.batchGet(keys)).map(noteOf) : []
  const visible = found.filter((note) => roleOf(note, scope.personId))
  return {
    visible: new Map(visible.map((note) => [note.id, note])),
    changedAt: new Map(found.map(({ id, updatedAt }) => [id, updatedAt])),
  }
}

/** The notes under these keys that the caller may see. One request. */
export async function readVisible(scope: NoteScope, keys: readonly Key[]): Promise<Map<string, Note>> {
  return (await readNotes(scope, keys)).visible
}

/**
 * Own and shared notes by their ids, and the items under the keys in `also`. One request, two when one of the notes is
 * shared.
 */
export async function findAll(
  scope: NoteScope,
  ids: readonly string[],
  also: readonly Key[] = [],
): Promise<{ readonly notes: ReadonlyMap<string, Note>; readonly others: readonly Item[] }> {
  const keys = ids.flatMap((id) => [noteKey(scope.personId, id), pointerKey(scope.personId, id)])
  const items = await scope.table.batchGet([...keys, ...also])
  const pointers = items.filter(isPointer)
  const shared = pointers.length > 0 ? await readVisible(scope, pointers.map(targetOf)) : new Map<string, Note>()
  const own = items.filter(isNote).map(noteOf)
  const others = items.filter((item) => also.some((key) => key.sk === item.sk))
  return { notes: new Map([...shared, ...own.map((note) => [note.id, note] as const)]), others }
}
