/** What the function that signs in does with sessions: create, lock, store refreshed tokens, forget ended ones. */
import { personSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import { entryItem, hasEnded, idIn, isSignedOut } from '@fieldnotes/table/session-entries'
import { readEntries } from '@fieldnotes/table/session-store'
import type { Table } from '@fieldnotes/table/table'
import type { Clause, Item, Write } from '@fieldnotes/table/writes'
import type { CookieSecret } from '../crypto/cookie-secret.ts'
import { lockSeconds } from './lifetimes.ts'
import { type StoredSession, sessionItem, sessionOf } from './session-item.ts'

/**
 * The live session of a cookie, by one consistent read; undefined when there is none. `now` is in seconds since the
 * epoch. @throws UNAVAILABLE
 */
export async function readSession(
  table: Pick<Table, 'get'>,
  cookie: CookieSecret,
  now: number,
): Promise<StoredSession | undefined> {
  const id = digestOf(cookie)
  const item = await table.get(sessionKey(id))
  if (!item || isSignedOut(item)) return undefined
  const session = sessionOf(id, item)
  return hasEnded(session, now) ? undefined : session
}

const isOpen: Clause = ['absent', 'endedAt']

/** Stores a new session and its entry, both or none: no session is without its person. @throws UNAVAILABLE */
export async function createSession(table: Pick<Table, 'transact'>, session: StoredSession): Promise<void> {
  const when = [[['absent', 'pk']]] as const
  await table.transact([
    { put: sessionItem(session), when },
    { put: entryItem(session.personId, session), when },
  ])
}

/** Takes the lock of a refresh. True for exactly one of all that read this version, until the lock has passed. */
export async function takeLock(table: Pick<Table, 'write'>, session: StoredSession, now: number): Promise<boolean> {
  const isCurrent: Clause = ['=', 'version', session.version]
  const lock = { update: sessionKey(session.id), set: { lockUntil: now + lockSeconds } }
  const when = [
    [isCurrent, isOpen, ['absent', 'lockUntil']],
    [isCurrent, isOpen, ['<=', 'lockUntil', now]],
  ] as const
  return isWritten(() => table.write({ ...lock, when }))
}

/** Gives the lock back after a refresh that failed, so that the next request tries again at once. */
export async function releaseLock(table: Pick<Table, 'write'>, session: StoredSession): Promise<void> {
  const when = [[['=', 'version', session.version], isOpen]] as const
  await isWritten(() => table.write({ update: sessionKey(session.id), set: { lockUntil: undefined }, when }))
}

/**
 * Stores refreshed tokens in the place of those of `before`. False when the session has ended or was refreshed
 * meanwhile: nothing is stored then.
 */
export function storeRefreshed(
  table: Pick<Table, 'transact'>,
  before: StoredSession,
  after: Omit<StoredSession, 'version'>,
): Promise<boolean> {
  const { personId, access, accessUntil, lastSeen, idleEnd, refresh } = after
  const writes: readonly Write[] = [
    {
      update: sessionKey(before.id),
      set: { access, accessUntil, lastSeen, idleEnd, ...refresh, lockUntil: undefined },
      add: { version: 1 },
      when: [[['=', 'version', before.version], isOpen]],
    },
    { put: entryItem(personId, { ...before, ...after }), when: [[['exists', 'pk'], isOpen]] },
  ]
  return isWritten(() => table.transact(writes))
}

/** A session that was ended, and of which the provider was not informed yet. */
export interface EndedSession extends Pick<StoredSession, 'id' | 'personId' | 'refresh'> {}

/** Some of the person's sessions that were ended and not forgotten: `most` reads beside those of the list. */
export async function readEnded(
  table: Pick<Table, 'query' | 'get'>,
  personId: string,
  most: number,
): Promise<readonly EndedSession[]> {
  const entries = (await readEntries(table, personId)).filter(isSignedOut).slice(0, most)
  const items = await Promise.all(entries.map(({ sk }) => table.get(sessionKey(idIn(sk)))))
  return items.filter((item) => item !== undefined).map((item) => endedOf(personId, item))
}

function endedOf(personId: string, item: Item): EndedSession {
  const { dataKey, box } = item as unknown as StoredSession['refresh']
  return { id: idIn(item.pk), personId, refresh: { dataKey, box } }
}

/** Removes an ended session with its entry, after the provider was informed. */
export async function forget(table: Pick<Table, 'transact'>, { id, personId }: EndedSession): Promise<void> {
  const when = [[['exists', 'endedAt']], [['absent', 'pk']]] as const
  const writes = [sessionKey(id), personSessionKey(personId, id)].map((key) => ({ remove: key, when }))
  await isWritten(() => table.transact(writes))
}
