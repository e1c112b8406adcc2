/** A session as it is stored: an item under the digest of its cookie, and an entry in the list of its person. */
import { AppError } from '@fieldnotes/core/error'
import { personSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { type Digest, parseDigest } from '@fieldnotes/table/digest'
import type { Item } from '@fieldnotes/table/writes'
import type { Sealed } from '../crypto/envelope.ts'

/** What the person's list shows of a session. Instants are in seconds since the epoch. */
export interface ListedSession {
  /** Digest of the cookie: it identifies the session, and opens nothing. */
  readonly id: Digest
  /** The sign-in at the provider (`loginId` of its principals), by which its tokens are revoked. */
  readonly loginId: string
  /** One line of at most 200 visible characters; empty for a browser that sent none. */
  readonly userAgent: string
  readonly firstSeen: number
  /** When its tokens were last refreshed: a session in use is at most 15 minutes ahead of it. */
  readonly lastSeen: number
  readonly idleEnd: number
  readonly absoluteEnd: number
}

/** A session with its sealed tokens. */
export interface StoredSession extends ListedSession {
  readonly personId: string
  /** Counts the changes: a write that read an older version fails. */
  readonly version: number
  /** When the access token expires. */
  readonly accessUntil: number
  /** The access token, sealed under a key of the cookie. */
  readonly access: Uint8Array
  /** The refresh token, sealed under a data key. */
  readonly refresh: Sealed
}

type Form = Readonly<Record<string, (value: unknown) => boolean>>

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isInstant(value: unknown): boolean {
  return Number.isSafeInteger(value)
}

function isBytes(value: unknown): boolean {
  return value instanceof Uint8Array
}

const listedForm: Form = {
  loginId: isText,
  userAgent: isText,
  firstSeen: isInstant,
  lastSeen: isInstant,
  idleEnd: isInstant,
  absoluteEnd: isInstant,
}

const storedForm: Form = {
  ...listedForm,
  personId: isText,
  version: isInstant,
  accessUntil: isInstant,
  access: isBytes,
  dataKey: isBytes,
  box: isBytes,
}

function assertForm(form: Form, item: Item): void {
  if (!Object.entries(form).every(([name, fits]) => fits(item[name]))) unreadable()
}

function unreadable(): never {
  throw new AppError('UNAVAILABLE', 'a stored session can not be read')
}

/** The digest in the key of an item or of an entry, which follows `SESSION#`. */
export function idIn(key: string): Digest {
  return parseDigest(key.slice(key.indexOf('#') + 1)) ?? unreadable()
}

/** Whether a session has ended, by sign-out or by time. `now` is in seconds since the epoch. */
export function hasEnded(session: Pick<ListedSession, 'idleEnd' | 'absoluteEnd'>, now: number): boolean {
  return session.idleEnd <= now || session.absoluteEnd <= now
}

/** Whether the item of a session, or its entry, was ended by a sign-out. */
export function isSignedOut(item: Item): boolean {
  return item.endedAt !== undefined
}

/** The item of a session. DynamoDB deletes it after its absolute end. */
export function sessionItem({ id, refresh, ...members }: StoredSession): Item {
  return { ...sessionKey(id), ...members, ...refresh, expiresAt: members.absoluteEnd }
}

/** The session of an item. @throws UNAVAILABLE for an item of another form */
export function sessionOf(id: Digest, item: Item): StoredSession {
  assertForm(storedForm, item)
  const { pk, sk, expiresAt, lockUntil, dataKey, box, ...members } = item
  return { ...members, id, refresh: { dataKey, box } } as unknown as StoredSession
}

/** The entry of a session in its person's list. It has neither tokens nor the cookie. */
export function entryItem(personId: string, session: ListedSession): Item {
  const { id, loginId, userAgent, firstSeen, lastSeen, idleEnd, absoluteEnd } = session
  const members = { loginId, userAgent, firstSeen, lastSeen, idleEnd, absoluteEnd }
  return { ...personSessionKey(personId, id), ...members, expiresAt: absoluteEnd }
}

/** The session of an entry. @throws UNAVAILABLE for an entry of another form */
export function listedOf(item: Item): ListedSession {
  assertForm(listedForm, item)
  const { pk, sk, expiresAt, endedAt, ...members } = item
  return { ...members, id: idIn(sk) } as unknown as ListedSession
}
