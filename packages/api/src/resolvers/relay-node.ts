/** Objects by global id (Relay Global Object Identification): notes, and the caller. */
import { AppError } from '@fieldnotes/core/error'
import { badInput } from '../errors/bad-input.ts'
import { parseId } from '../notes/ids.ts'
import type { Note } from '../notes/note.ts'
import { limits } from '../notes/note-limits.ts'
import type { Person } from '../people/person.ts'
import type { Context } from './context.ts'

/**
 * @throws NOT_FOUND for an object that is absent or that the caller may not see; BAD_USER_INPUT for a text that is not
 * an id
 */
export async function nodeOf(
  id: string,
  argument: string,
  { principal, notes, people }: Context,
): Promise<Note | Person> {
  const { type, key } = parseId(id, argument)
  if (type === 'Note') return notes.byKey(key)
  if (principal.kind === 'user' && principal.id === key) return people.me()
  throw new AppError('NOT_FOUND', 'a person other than the caller')
}

/**
 * Each object by itself: one that fails is null, and the others are returned.
 * @throws BAD_USER_INPUT for more than 100 ids
 */
export function nodesOf(ids: readonly string[], context: Context): Promise<Note | Person>[] {
  if (ids.length > limits.pageSize) throw badInput('ids', `give at most ${limits.pageSize}`)
  return ids.map((id, index) => nodeOf(id, `ids.${index}`, context))
}
