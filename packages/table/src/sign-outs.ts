/**
 * Sign-outs by people: the revocation, its limit, the note that the issuer has to be informed, and the end of the
 * sign-in's browser sessions, all or nothing. A crash after it loses nothing: every door refuses the sign-ins, and the
 * note is found again.
 */
import type { Revocation } from '@fieldnotes/core/revocation'
import { signOutKey, signOutsPartition } from './access-keys.ts'
import { ConditionFailed, isWritten, outageOf } from './failures.ts'
import { seconds } from './instants.ts'
import { lastingEnd } from './lasting-ends.ts'
import { readAll } from './read-all.ts'
import { revocationItem } from './revocation-items.ts'
import { isInstant, isText, type ListedSession } from './session-entries.ts'
import { endingWrites } from './session-store.ts'
import { countOf, tooMany } from './sign-out-limit.ts'
import type { Table } from './table.ts'
import type { Condition, Item, Write } from './writes.ts'

/** A sign-out by the person whose sign-ins it ends. */
export interface SignOut {
  readonly personId: string
  /** The sign-in to end; every sign-in until now when it is undefined. */
  readonly loginId: string | undefined
  /** The name of the person's issuer, which is informed when every sign-in ends. */
  readonly issuer: string
  /** The person's `sub` at that issuer. */
  readonly subject: string
}

/** A sign-out of one sign-in: its issuer is not informed here. */
export interface OneSignOut {
  readonly personId: string
  readonly loginId: string
}

/** An issuer that was not informed yet. */
export interface PendingSignOut extends Omit<SignOut, 'loginId'> {
  /** Seconds since the epoch. */
  readonly at: number
}

/** Seconds for which a note is stored: as long as a refresh token of the user pool lives. */
const noteSeconds = 30 * 24 * 3600

/** Browser sessions that are ended in the transaction, which has 100 writes at most: those beyond end after it. */
const sessionsMax = 30

/**
 * Ends one sign-in or all of them, with these browser sessions of the person. Returns the second until which sign-ins
 * are ended. `now` is in milliseconds since the epoch. A repetition extends the first call.
 * @throws LIMIT_EXCEEDED after 30 sign-outs of a kind in 79 minutes, and nothing is ended; UNAVAILABLE: repeat the call
 */
export async function writeSignOut(
  table: Pick<Table, 'transact'>,
  signOut: SignOut | OneSignOut,
  now: number,
  sessions: readonly Pick<ListedSession, 'id'>[] = [],
): Promise<number> {
  const at = seconds(now)
  const ends = sessions.slice(0, sessionsMax).flatMap((session) => endingWrites(signOut.personId, session, at))
  try {
    await transactKeepingEnd(table, [...writesOf(signOut, at), ...ends])
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw outageOf(error)
    if (ends.length > 0 && !isLimit(error)) return writeApart(table, signOut, now, sessions)
    throw tooMany(at)
  }
  await endEach(table, signOut.personId, sessions.slice(sessionsMax), at)
  return at
}

/** Place of the lasting end among the writes. */
const endIndex = 2

/** A writer whose clock is ahead has stored a later end, which stays: the other writes are made without this one. */
async function transactKeepingEnd(table: Pick<Table, 'transact'>, writes: readonly Write[]): Promise<void> {
  try {
    await table.transact(writes)
  } catch (error) {
    if (!(error instanceof ConditionFailed && error.failures[endIndex]?.failed)) throw error
    await table.transact(writes.filter((_, index) => index !== endIndex))
  }
}

/** Another call has ended one of the sessions meanwhile: the others end one by one. */
async function writeApart(...[table, signOut, now, sessions = []]: Parameters<typeof writeSignOut>): Promise<number> {
  const at = await writeSignOut(table, signOut, now)
  await endEach(table, signOut.personId, sessions, at)
  return at
}

/** Ends sessions one by one: one that has ended meanwhile stays as it is. */
async function endEach(
  table: Pick<Table, 'transact'>,
  personId: string,
  sessions: readonly Pick<ListedSession, 'id'>[],
  at: number,
): Promise<void> {
  const ends = sessions.map((session) => endingWrites(personId, session, at))
  await Promise.all(ends.map((writes) => isWritten(() => table.transact(writes))))
}

/** Whether the count failed, which is the second of the writes. */
function isLimit({ failures: [, count] }: ConditionFailed): boolean {
  return count?.failed === true
}

/**
 * The counter and the lasting end of a person have conditions. The other items are the same when a call is repeated.
 */
function writesOf(signOut: SignOut | OneSignOut, at: number): readonly Write[] {
  const { personId, loginId } = signOut
  const revocation: Revocation = loginId === undefined ? { kind: 'person', personId, at } : { kind: 'login', loginId }
  const notes = 'issuer' in signOut && loginId === undefined ? [{ put: noteOf(signOut, at) }] : []
  const ends = [lastingEnd(revocation, at) ?? []].flat().map((put) => ({ put, when: endCondition(at) }))
  return [{ put: revocationItem(revocation, at) }, countOf(personId, revocation.kind, at), ...ends, ...notes]
}

/** The end of one sign-in has no instant, and is the same each time. */
function endCondition(at: number): Condition {
  return [[['absent', 'at']], [['<=', 'at', at]]]
}

/**
 * Stores that an issuer is to be informed, after a revocation of a person that no sign-out has made. A later note is
 * left as it is.
 * @throws UNAVAILABLE
 */
export async function writePendingSignOut(table: Pick<Table, 'write'>, signOut: PendingSignOut): Promise<void> {
  const { at } = signOut
  await isWritten(() => table.write({ put: noteOf(signOut, at), when: endCondition(at) }))
}

function noteOf({ personId, issuer, subject }: Omit<SignOut, 'loginId'>, at: number): Item {
  return { ...signOutKey(personId, issuer), subject, at, expiresAt: at + noteSeconds }
}

/** The notes of all issuers that are to be informed. @throws UNAVAILABLE */
export async function readPendingSignOuts(table: Pick<Table, 'query'>): Promise<readonly PendingSignOut[]> {
  const range = { pk: signOutsPartition, between: ['', '~'], forward: true, limit: pageMax } as const
  return (await readAll(table, range)).map(pendingOf)
}

/** Notes of one query. Few are left at any time: each is removed when its issuer has answered. */
const pageMax = 1000

function pendingOf({ sk, subject, at }: Item): PendingSignOut {
  const [personId = '', issuer = ''] = sk.split('#')
  return { personId, issuer, subject: isText(subject) ? subject : '', at: Number(at) }
}

/** Whether a stored note has all of its members: another one can neither be dealt with nor compared. */
export function isReadableSignOut({ personId, issuer, subject, at }: PendingSignOut): boolean {
  return personId !== '' && issuer !== '' && subject !== '' && isInstant(at)
}

/** Removes the note of an informed issuer, unless the person has signed out again since. @throws UNAVAILABLE */
export async function forgetSignOut(
  table: Pick<Table, 'write'>,
  { personId, issuer, at }: Pick<PendingSignOut, 'personId' | 'issuer' | 'at'>,
): Promise<void> {
  try {
    await table.write({ remove: signOutKey(personId, issuer), when: [[['absent', 'pk']], [['<=', 'at', at]]] })
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw outageOf(error)
  }
}
