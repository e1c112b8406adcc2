/** Changes of the list of an application's keys. */
import { AppError } from '@fieldnotes/core/error'
import { keysMax, type StoredKey } from './application.ts'

/**
 * The keys of an application with a new one. Keys that have ended make room.
 * @throws BAD_USER_INPUT when two are valid
 */
export function withKey(keys: readonly StoredKey[], added: StoredKey): readonly StoredKey[] {
  const valid = keys.filter(({ endsAt }) => endsAt > added.createdAt)
  if (valid.length >= keysMax) throw new AppError('BAD_USER_INPUT', `${keysMax} keys are valid: end one first`)
  return [added, ...valid]
}

/** Characters of a digest that name a key to operators. */
export const keyNameChars = 8

/**
 * The keys without the named one, or without any.
 * @throws NOT_FOUND when no key has this name
 */
export function withoutKey(keys: readonly StoredKey[], name: string | undefined): readonly StoredKey[] {
  if (name === undefined) return []
  const rest = keys.filter(({ digest }) => digest.slice(0, keyNameChars) !== name)
  if (rest.length === keys.length) throw new AppError('NOT_FOUND', 'no such key')
  return rest
}
