/**
 * The apps of third parties to which a person has given access: connect one, note its use, list them, end one. Each
 * grant has a `loginId` of its own, so that ending an app ends its grants, and no other sign-in of the person.
 */
import { personAppKey } from './access-keys.ts'
import { type AppOfPerson, changeApp, entryKeyOf } from './connected-app-changes.ts'
import { type ConnectedApp, connectedAppOf } from './connected-app-items.ts'
import { isWritten } from './failures.ts'
import { seconds } from './instants.ts'
import { withoutEnded } from './lasting-ends.ts'
import { readAll } from './read-all.ts'
import type { Table } from './table.ts'
import type { Condition } from './writes.ts'

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

/** Grants of one app for one person. */
const loginsMax = 10

/**
 * The `loginId`s of grants that have to end before the app gets another one, oldest first. What was given under them is
 * the issuer's to end, and `disconnectGrant` removes them. @throws UNAVAILABLE
 */
export async function loginsBeyond(table: Pick<Table, 'get'>, app: AppOfPerson): Promise<readonly string[]> {
  const item = await table.get(entryKeyOf(app))
  return item ? connectedAppOf(item).logins.slice(0, 1 - loginsMax) : []
}

/**
 * Adds a grant to the app's entry. A repeated call changes nothing more. An eleventh grant ends the oldest one, as
 * `endConnectedApp` does. `now` is in milliseconds since the epoch.
 * @throws BAD_USER_INPUT for a `loginId` that can't be revoked; LIMIT_EXCEEDED where an older grant had to end, and the
 * person has ended 30 in 79 minutes; UNAVAILABLE
 */
export function connectApp(
  table: Pick<Table, 'batchGet' | 'get' | 'transact'>,
  connection: Connection,
  now: number,
): Promise<void> {
  return changeApp(table, connection, now, async (before) => {
    const { authTime, loginId, personId, ...shown } = connection
    const [live] = await withAccess(table, personId, before ? [before] : [], now)
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
  await isWritten(() => table.write({ update: entryKeyOf(app), set: { lastUsedAt }, when }))
}

/**
 * Takes a grant from the entry that its client has ended (RFC 7009). The entry is removed with its last grant. The
 * tokens are the issuer's to end. `now` is in milliseconds since the epoch. @throws UNAVAILABLE
 */
export function disconnectGrant(table: Pick<Table, 'get' | 'transact'>, grant: GrantOfApp, now: number): Promise<void> {
  return changeApp(table, grant, now, (before) => {
    if (!before?.logins.includes(grant.loginId)) return undefined
    const logins = before.logins.filter((login) => login !== grant.loginId)
    return { after: logins.length > 0 ? { ...before, logins } : undefined, ended: [] }
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
    return before && { after: undefined, ended: before.logins }
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
  const apps = await withAccess(table, personId, items.map(connectedAppOf), now)
  return apps.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)
}

/** The apps of which a grant has not ended. */
async function withAccess(
  table: Pick<Table, 'batchGet'>,
  personId: string,
  apps: readonly ConnectedApp[],
  now: number,
): Promise<readonly ConnectedApp[]> {
  const lasting = apps.filter(({ expiresAt }) => expiresAt > seconds(now))
  const named = lasting.map((app) => ({ ...app, personId, issuer, authTime: app.signedInAt }))
  const live = new Set((await withoutEnded(table, named)).map(({ clientId }) => clientId))
  return lasting.filter(({ clientId }) => live.has(clientId))
}

/** Entries of one query. */
const pageMax = 100

/** Name of the issuer's row that knows the clients. */
const issuer = 'fieldnotes'
