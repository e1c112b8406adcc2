/** Checks the members that inputs for one note share: its id and the idempotency key. No reads. */

import { type KeyedInput, keyFault } from '@fieldnotes/table/receipts'
import { Problems } from '../errors/bad-input.ts'
import { idFault, parseIdOf } from './ids.ts'

export interface TargetInput extends KeyedInput {
  readonly id: string
}

/**
 * The key of the note, and what `check` returns for the other members.
 * @throws BAD_USER_INPUT that lists every problem in the order of the schema; NOT_FOUND for an id that names nothing
 */
export function parseTargetWith<T>(
  input: TargetInput,
  check: (problems: Problems) => T,
): { noteId: string; checked: T } {
  const problems = new Problems()
  problems.add('input.id', idFault(input.id))
  const checked = check(problems)
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  return { noteId: parseIdOf('Note', input.id, 'input.id'), checked }
}

/** The key of the note of an input without other members to check. @throws as `parseTargetWith` */
export function parseTarget(input: TargetInput): string {
  return parseTargetWith(input, () => undefined).noteId
}
