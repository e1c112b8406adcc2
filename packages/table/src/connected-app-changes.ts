/** Changes of the entry of a connected app: each is one transaction, with the ends of its grants. */
import { personAppKey } from './access-keys.ts'
import { retryConflicts } from './backoff.ts'
import { type ConnectedApp, connectedAppItem, connectedAppOf } from './connected-app-items.ts'
import { ConditionFailed, outageOf } from './failures.ts'
import { seconds } from './instants.ts'
import { lastingEnd } from './lasting-ends.ts'
import { revocationItem } from './revocation-items.ts'
import { countOf, tooMany } from './sign-out-limit.ts'
import type { Table } from './table.ts'
import type { Condition, Item, Key, Write } from './writes.ts'

/** An app and its person. */
export interface AppOfPerson {
  readonly personId: string
  readonly clientId: string
}

/** Key of the entry. */
export function entryKeyOf({ personId, clientId }: AppOfPerson): Key {
  return personAppKey(personId, clientId)
}

/** The entry after a change, and the sign-ins that the change ends. */
export interface Change {
  readonly after: ConnectedApp | undefined
  readonly ended: readonly string[]
}

/**
 * Changes an entry as `changeOf` says of the one that is stored, in one transaction with the ends. Nothing is written
 * where it returns undefined.
 */
export async function changeApp(
  table: Pick<Table, 'get' | 'transact'>,
  app: AppOfPerson,
  now: number,
  changeOf: (before: ConnectedApp | undefined) => Change | undefined | Promise<Change>,
): Promise<void> {
  const at = seconds(now)
  await retryConflicts('an app that is changed all the time', async () => {
    const item = await table.get(entryKeyOf(app))
    const change = await changeOf(item && connectedAppOf(item))
    if (!change) return true
    const { after, ended } = change
    return areWritten(table, [entryWrite(app, item, after), ...endingWrites(app.personId, ended, at)], at)
  })
}

/** The grants of an entry change with each write but `useApp`, so that they say whether it is as it was read. */
function entryWrite(app: AppOfPerson, item: Item | undefined, after: ConnectedApp | undefined): Write {
  const when: Condition = [[item ? ['=', 'logins', item.logins] : ['absent', 'pk']]]
  return after ? { put: connectedAppItem(app.personId, after), when } : { remove: entryKeyOf(app), when }
}

/** Place of the count among the writes. */
const countIndex = 1

function endingWrites(personId: string, logins: readonly string[], at: number): readonly Write[] {
  if (logins.length === 0) return []
  const ends = logins.map((loginId) => ({ kind: 'login', loginId }) as const)
  const puts = ends.flatMap((end) => [revocationItem(end, at), lastingEnd(end, at) ?? []].flat())
  return [countOf(personId, 'app', at, logins.length), ...puts.map((put) => ({ put }))]
}

/** True after the writes; undefined where another write came first. @throws LIMIT_EXCEEDED; UNAVAILABLE */
async function areWritten(
  table: Pick<Table, 'transact'>,
  writes: readonly Write[],
  at: number,
): Promise<true | undefined> {
  try {
    await table.transact(writes)
    return true
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw outageOf(error)
    if (error.failures[countIndex]?.failed) throw tooMany(at)
    return undefined
  }
}
