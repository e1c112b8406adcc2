/** Objects by global id (Relay Global Object Identification): notes, the caller, their sessions and apps. */
import { AppError } from '@fieldnotes/core/error'
import { badInput } from '../errors/bad-input.ts'
import { parseId } from '../notes/ids.ts'
import type { Note } from '../notes/note.ts'
import { limits } from '../notes/note-limits.ts'
import type { Person } from '../people/person.ts'
import { rules } from '../rules.ts'
import type { Session } from '../sign-ins/sessions.ts'
import type { App } from '../sign-ins/third-party-apps.ts'
import type { Context } from './context.ts'

/** An object that has a global id. */
type NodeObject = App | Note | Person | Session

/**
 * @throws NOT_FOUND for an object that is absent or that the caller may not see; BAD_USER_INPUT for a text that is not
 * an id
 */
export async function nodeOf(id: string, argument: string, context: Context): Promise<NodeObject> {
  const { principal, notes, people, signIns } = context
  const { type, key } = parseId(id, argument)
  if (type === 'Note') return notes.byKey(key)
  if (type === 'Session' && seesAccount(context)) return signIns.session(key)
  if (type === 'ConnectedApp' && seesAccount(context)) return signIns.app(key)
  if (type === 'User' && principal.kind === 'user' && principal.id === key) return people.me()
  throw new AppError('NOT_FOUND', 'no object of the caller')
}

/** An app of a third party does not learn which other apps a person has: client ids can be guessed. */
function seesAccount({ principal, judge }: Context): boolean {
  return judge(rules.ConnectedApp.clientId, { principal }, undefined)
}

/**
 * Each object by itself: one that fails is null, and the others are returned.
 * @throws BAD_USER_INPUT for more than 100 ids
 */
export function nodesOf(ids: readonly string[], context: Context): Promise<NodeObject>[] {
  if (ids.length > limits.pageSize) throw badInput('ids', `give at most ${limits.pageSize}`)
  return ids.map((id, index) => nodeOf(id, `ids.${index}`, context))
}

/** The type of an object that `nodeOf` returns. */
export function typeOfNode(node: NodeObject): 'ConnectedApp' | 'Note' | 'Session' | 'User' {
  if ('ownerId' in node) return 'Note'
  if ('since' in node) return 'ConnectedApp'
  return 'firstSeen' in node ? 'Session' : 'User'
}
