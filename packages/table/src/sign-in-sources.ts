/**
 * Where a person has signed in: a token of our own issuer has the person's id alone, and a sign-out needs the provider.
 */
import { AppError } from '@fieldnotes/core/error'
import { personSourceKey } from './access-keys.ts'
import { isWritten } from './failures.ts'
import { isText, type SignInSource } from './session-entries.ts'
import type { Table } from './table.ts'

/**
 * Stores the source of a person until a grant has ended, in seconds since the epoch. A person has one source for good:
 * their id is derived of it. A call with an earlier end changes nothing. @throws UNAVAILABLE
 */
export async function keepSource(
  table: Pick<Table, 'write'>,
  personId: string,
  { issuer, subject }: SignInSource,
  expiresAt: number,
): Promise<void> {
  const put = { ...personSourceKey(personId), issuer, subject, expiresAt }
  await isWritten(() => table.write({ put, when: [[['absent', 'pk']], [['<', 'expiresAt', expiresAt]]] }))
}

/**
 * The source of a person, by one consistent read; undefined for one who has no grant of an app of the product. An item
 * that DynamoDB has not deleted yet counts: what it says stays true. @throws UNAVAILABLE, also for an unreadable item
 */
export async function readSource(table: Pick<Table, 'get'>, personId: string): Promise<SignInSource | undefined> {
  const item = await table.get(personSourceKey(personId))
  if (item === undefined) return undefined
  const { issuer, subject } = item
  if (isText(issuer) && isText(subject)) return { issuer, subject }
  throw new AppError('UNAVAILABLE', 'a stored source can not be read')
}
