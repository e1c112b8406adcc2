/** The note that an input names, and everything about that input that can be judged without a read. */
import { Problems } from '../errors/bad-input.ts'
import { type Keyed, keyFault } from '../store/idempotency.ts'
import { idFault, parseIdOf } from './ids.ts'

export interface Targeted extends Keyed {
  readonly id: string
}

/**
 * Runs `check` on the members beside id and key, and returns the key of the note together with what `check` made of them.
 * @throws BAD_USER_INPUT naming everything that is wrong, in the order of the schema; NOT_FOUND for an id that names nothing
 */
export function parseTargeted<T>(input: Targeted, check: (problems: Problems) => T): { noteId: string; checked: T } {
  const problems = new Problems()
  problems.add('input.id', idFault(input.id))
  const checked = check(problems)
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  return { noteId: parseIdOf('Note', input.id, 'input.id'), checked }
}

/** The key of the note of an input without other members to check. @throws as `parseTargeted` */
export function parseTarget(input: Targeted): string {
  return parseTargeted(input, () => undefined).noteId
}
