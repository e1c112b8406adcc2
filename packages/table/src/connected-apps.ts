/**
 * The apps of third parties to which a person has given access: connect one, note its use, list them, end one. Each
 * grant has a `loginId` of its own, so that ending an app ends its grants, and no other sign-in of the person.
 */
import { personAppKey } from './access-keys.ts'
import { retryConflicts } from './backoff.ts'
import { type ConnectedApp, connectedAppItem, connectedAppOf } from './connected-app-items.ts'
import { ConditionFailed, isWritten, outageOf } from './failures.ts'
import { seconds } from './instants.ts'
import { lastingEnd, withoutEnded } from './lasting-ends.ts'
import { readAll } from './read-all.ts'
import { revocationItem } from './revocation-items.ts'
import { countOf, tooMany } from './sign-out-limit.ts'
import type { Table } from './table.ts'
import type { Condition, Item, Write } from './writes.ts'

/** An app and its person. */
export interface AppOfPerson {
  readonly personId: string
  readonly clientId: string
}

/** One grant of an app. */
export interface GrantOfApp extends AppOfPerson {
  /** `login_id` of its tokens. */
  readonly loginId: string
}

/** A grant that a person has given. */
export interface Connection extends GrantOfApp, Pick<ConnectedApp, 'expiresAt' | 'name' | 'scopes'> {
  /** `auth_time` of the sign-in, in seconds since the epoch. */
  readonly authTime: number
}

/** Grants of one app for one person. The oldest one ends when another is added. */
const loginsMax = 10

/**
 * Adds a grant to the app's entry. A repeated call changes nothing more. `now` is in milliseconds since the epoch.
 * @throws BAD_USER_INPUT for a `loginId` that can't be revoked; LIMIT_EXCEEDED where an older grant had to end, and the
 * person has ended 30 in 79 minutes; UNAVAILABLE
 */
export function connectApp(table: Pick<Table, 'get' | 'transact'>, connection: Connection, now: number): Promise<void> {
  return changeApp(table, connection, now, (before) => {
    const { authTime, loginId, personId: _, ...shown } = connection
    const live = before && before.expiresAt > seconds(now) ? before : undefined
    const logins = [...(live?.logins ?? []).filter((login) => login !== loginId), loginId]
    const after = {
      ...shown,
      scopes: [...new Set([...(live?.scopes ?? []), ...shown.scopes])].sort(),
      since: live?.since ?? seconds(now),
      lastUsedAt: seconds(now),
      signedInAt: Math.max(live?.signedInAt ?? 0, authTime),
      expiresAt: Math.max(live?.expiresAt ?? 0, shown.expiresAt),
      logins: logins.slice(-loginsMax),
    }
    return { after, ended: logins.slice(0, -loginsMax) }
  })
}

/**
 * Notes that the app got a token. It never creates an entry: an app that was ended stays ended. `now` is in
 * milliseconds since the epoch. @throws UNAVAILABLE
 */
export async function useApp(table: Pick<Table, 'write'>, app: AppOfPerson, now: number): Promise<void> {
  const lastUsedAt = seconds(now)
  const when: Condition = [
    [
      ['exists', 'pk'],
      ['<', 'lastUsedAt', lastUsedAt],
    ],
  ]
  await isWritten(() => table.write({ update: keyOf(app), set: { lastUsedAt }, when }))
}

/**
 * Takes a grant from the entry that its client has ended (RFC 7009). The entry is removed with its last grant. The
 * tokens are the issuer's to end. `now` is in milliseconds since the epoch. @throws UNAVAILABLE
 */
export function disconnectGrant(table: Pick<Table, 'get' | 'transact'>, grant: GrantOfApp, now: number): Promise<void> {
  return changeApp(table, grant, now, (before) => {
    const logins = before?.logins.filter((login) => login !== grant.loginId) ?? []
    return { after: before && logins.length > 0 ? { ...before, logins } : undefined, ended: [] }
  })
}

/**
 * Ends the app: every door refuses its tokens within 10 seconds, and none is renewed. Returns the app as it was;
 * undefined where the person has no such app. Of calls at the same time one gets the app. `now` is in milliseconds
 * since the epoch.
 * @throws LIMIT_EXCEEDED where the person would have ended more than 30 grants in 79 minutes, and nothing is ended;
 * UNAVAILABLE: repeat the call
 */
export async function endConnectedApp(
  table: Pick<Table, 'get' | 'transact'>,
  app: AppOfPerson,
  now: number,
): Promise<ConnectedApp | undefined> {
  let ended: ConnectedApp | undefined
  await changeApp(table, app, now, (before) => {
    ended = before
    return { after: undefined, ended: before?.logins ?? [] }
  })
  return ended
}

/**
 * The person's apps, the one that was used last first, without those whose grants have all ended: by time, by a
 * sign-out everywhere, or by an operator. `now` is in milliseconds since the epoch. @throws UNAVAILABLE
 */
export async function listConnectedApps(
  table: Pick<Table, 'batchGet' | 'query'>,
  personId: string,
  now: number,
): Promise<readonly ConnectedApp[]> {
  const { pk, sk } = personAppKey(personId, '')
  // `~` follows every character of a client's id in ASCII.
  const items = await readAll(table, { pk, between: [sk, `${sk}~`], forward: true, limit: pageMax })
  const apps = items.map(connectedAppOf).filter(({ expiresAt }) => expiresAt > seconds(now))
  const named = apps.map((app) => ({ ...app, personId, issuer, authTime: app.signedInAt }))
  const live = new Set((await withoutEnded(table, named)).map(({ clientId }) => clientId))
  return apps.filter(({ clientId }) => live.has(clientId)).toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)
}

/** Entries of one query. */
const pageMax = 100

/** Name of the issuer's row that knows the clients. */
const issuer = 'fieldnotes'

function keyOf({ personId, clientId }: AppOfPerson) {
  return personAppKey(personId, clientId)
}

/** The entry after a change, and the sign-ins that the change ends. */
interface Change {
  readonly after: ConnectedApp | undefined
  readonly ended: readonly string[]
}

/** Changes an entry as `changeOf` says of the one that is stored, in one transaction with the ends. */
async function changeApp(
  table: Pick<Table, 'get' | 'transact'>,
  app: AppOfPerson,
  now: number,
  changeOf: (before: ConnectedApp | undefined) => Change,
): Promise<void> {
  const at = seconds(now)
  await retryConflicts('an app that is changed all the time', async () => {
    const item = await table.get(keyOf(app))
    const { after, ended } = changeOf(item && connectedAppOf(item))
    if (!item && !after) return true
    return areWritten(table, [entryWrite(app, item, after), ...endingWrites(app.personId, ended, at)], at)
  })
}

/** The grants of an entry change with each write but `useApp`, so that they say whether it is as it was read. */
function entryWrite(app: AppOfPerson, item: Item | undefined, after: ConnectedApp | undefined): Write {
  const when: Condition = [[item ? ['=', 'logins', item.logins] : ['absent', 'pk']]]
  return after ? { put: connectedAppItem(app.personId, after), when } : { remove: keyOf(app), when }
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
