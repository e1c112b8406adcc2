/** What the function that signs in does with live sessions: create, read, lock, store refreshed tokens. */
import { loginSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import { entryItem, hasEnded, isSignedOut } from '@fieldnotes/table/session-entries'
import type { Table } from '@fieldnotes/table/table'
import type { Clause, Write } from '@fieldnotes/table/writes'
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

/**
 * Stores a new session, its entry, and its name by the sign-in, all or none: no session is without its person.
 * @throws UNAVAILABLE
 */
export async function createSession(table: Pick<Table, 'transact'>, session: StoredSession): Promise<void> {
  const when = [[['absent', 'pk']]] as const
  const { id, personId, loginId, absoluteEnd: expiresAt } = session
  await table.transact([
    { put: sessionItem(session), when },
    { put: entryItem(personId, session), when },
    { put: { ...loginSessionKey(loginId, id), personId, expiresAt }, when },
  ])
}

/** The lock of a refresh: the second at which it passes. No two locks of a session have the same one. */
export type Lock = number

/** Takes the lock of a refresh. Exactly one of all that read this version gets it, until it has passed. */
export async function takeLock(
  table: Pick<Table, 'write'>,
  session: StoredSession,
  now: number,
): Promise<Lock | undefined> {
  const isCurrent: Clause = ['=', 'version', session.version]
  const lockUntil = now + lockSeconds
  const lock = { update: sessionKey(session.id), set: { lockUntil } }
  const when = [
    [isCurrent, isOpen, ['absent', 'lockUntil']],
    [isCurrent, isOpen, ['<=', 'lockUntil', now]],
  ] as const
  return (await isWritten(() => table.write({ ...lock, when }))) ? lockUntil : undefined
}

/**
 * Gives the lock back after a refresh that failed, so that the next request tries again at once. A lock that has passed
 * to another process is left alone.
 */
export function releaseLock(
  table: Pick<Table, 'write'>,
  { id, version }: Pick<StoredSession, 'id' | 'version'>,
  lock: Lock,
): Promise<boolean> {
  const when = [[['=', 'version', version], isOpen, ['=', 'lockUntil', lock]]] as const
  return isWritten(() => table.write({ update: sessionKey(id), set: { lockUntil: undefined }, when }))
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
    { put: entryItem(personId, { ...before, ...after }), when: [[['exists', 'pk']]] },
  ]
  return isWritten(() => table.transact(writes))
}
