/** Notes by id, as one caller may see them. Starts from the caller's own partition: somebody else's has no spelling. */

import { noteKey, pointerKey } from '../store/keys.ts'
import type { Item, Key } from '../store/writes.ts'
import type { Note } from './note.ts'
import { noteOf } from './note-item.ts'
import type { Desk } from './note-scope.ts'
import { roleOf } from './roles.ts'

function isNote(item: Item) {
  return item.sk.startsWith('NOTE#')
}
function isPointer(item: Item) {
  return item.sk.startsWith('SHARED#') && item.reason === undefined
}

/** Where the note lies that a pointer leads to. */
export function leadOf(pointer: Item): Key {
  return noteKey(String(pointer.ownerId), String(pointer.id))
}

interface Led {
  /** As far as the notes themselves say that the caller may see them. */
  readonly notes: Map<string, Note>
  /** When each that exists, seen or not, was changed last. */
  readonly changedAt: ReadonlyMap<string, string>
}

/** What lies at these keys. One request, none for no keys. */
export async function lead(desk: Desk, leads: readonly Key[]): Promise<Led> {
  const found = leads.length > 0 ? (await desk.table.batchGet(leads)).map(noteOf) : []
  const visible = found.filter((note) => roleOf(note, desk.personId))
  return {
    notes: new Map(visible.map((note) => [note.id, note])),
    changedAt: new Map(found.map(({ id, updatedAt }) => [id, updatedAt])),
  }
}

/** The notes at these keys that the caller may see. One request. */
export async function follow(desk: Desk, leads: readonly Key[]): Promise<Map<string, Note>> {
  return (await lead(desk, leads)).notes
}

/** Own and shared notes by their ids, and whatever lies at the keys in `also`: one request, two when one is shared. */
export async function findAll(
  desk: Desk,
  ids: readonly string[],
  also: readonly Key[] = [],
): Promise<{ readonly notes: ReadonlyMap<string, Note>; readonly others: readonly Item[] }> {
  const keys = ids.flatMap((id) => [noteKey(desk.personId, id), pointerKey(desk.personId, id)])
  const items = await desk.table.batchGet([...keys, ...also])
  const pointers = items.filter(isPointer)
  const shared = pointers.length > 0 ? await follow(desk, pointers.map(leadOf)) : new Map<string, Note>()
  const own = items.filter(isNote).map(noteOf)
  const others = items.filter((item) => also.some((key) => key.sk === item.sk))
  return { notes: new Map([...shared, ...own.map((note) => [note.id, note] as const)]), others }
}
