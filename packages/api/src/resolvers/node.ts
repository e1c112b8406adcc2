/** Anything by its global id (Relay Global Object Identification). */
import { AppError } from '@fieldnotes/core/error'
import { badInput } from '../errors/bad-input.ts'
import { parseId } from '../notes/ids.ts'
import type { Note } from '../notes/note.ts'
import type { Person } from '../people/person.ts'
import type { Context } from './context.ts'

const idsMax = 100

/** @throws NOT_FOUND for what is absent, another's, or another person; BAD_USER_INPUT for what is not an id */
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

/** Each on its own: one that can't be had is null and takes no other along. */
export function nodesOf(ids: readonly string[], context: Context): Promise<Note | Person>[] {
  if (ids.length > idsMax) throw badInput('ids', `give at most ${idsMax}`)
  return ids.map((id, index) => nodeOf(id, `ids.${index}`, context))
}
