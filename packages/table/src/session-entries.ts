/** The entry of a browser session in the list of its person. It has neither tokens nor the cookie. */
import { AppError } from '@fieldnotes/core/error'
import { personSessionKey } from './access-keys.ts'
import { type Digest, parseDigest } from './digest.ts'
import type { Item } from './writes.ts'

/** What the person's list shows of a session. Instants are in seconds since the epoch. */
export interface ListedSession {
  /** Digest of the cookie: it identifies the session, and opens nothing. */
  readonly id: Digest
  /** The sign-in at the provider (`loginId` of its principals), by which its tokens are revoked. */
  readonly loginId: string
  /** One line of at most 200 visible characters; empty for a browser that sent none. */
  readonly userAgent: string
  /** When the person signed in at the provider (`auth_time`): up to an hour before the session began. */
  readonly signedInAt: number
  readonly firstSeen: number
  /** When its tokens were last refreshed: a session in use is at most 15 minutes ahead of it. */
  readonly lastSeen: number
  readonly idleEnd: number
  readonly absoluteEnd: number
  /**
   * Where the person signed in: the name of the issuer's row and `sub` there. It is informed of a sign-out everywhere.
   * An entry of an earlier form has none.
   */
  readonly source?: SignInSource
}

/** An issuer and a person there. */
export interface SignInSource {
  readonly issuer: string
  readonly subject: string
}

/** Attribute → whether a value is of its type. */
export type Form = Readonly<Record<string, (value: unknown) => boolean>>

/** Whether a stored value is a text. */
export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** Whether a stored value is in whole seconds since the epoch. */
export function isInstant(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

/** The attributes of an entry. */
export const listedForm: Form = {
  loginId: isText,
  userAgent: isText,
  signedInAt: isInstant,
  firstSeen: isInstant,
  lastSeen: isInstant,
  idleEnd: isInstant,
  absoluteEnd: isInstant,
}

/** Whether an item has these attributes. */
export function hasForm(form: Form, item: Item): boolean {
  return Object.entries(form).every(([name, fits]) => fits(item[name]))
}

/** @throws UNAVAILABLE for an item of another form */
export function assertForm(form: Form, item: Item): void {
  if (!hasForm(form, item)) unreadable()
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

/** Whether the item of a session was ended by a sign-out. Its entry is removed then. */
export function isSignedOut(item: Item): boolean {
  return item.endedAt !== undefined
}

/** The entry of a session in its person's list. It has neither tokens nor the cookie. */
export function entryItem(personId: string, session: ListedSession): Item {
  const { id, loginId, userAgent, signedInAt, firstSeen, lastSeen, idleEnd, absoluteEnd, source } = session
  const members = {
    loginId,
    userAgent,
    signedInAt,
    firstSeen,
    lastSeen,
    idleEnd,
    absoluteEnd,
    ...(source && { source }),
  }
  return { ...personSessionKey(personId, id), ...members, expiresAt: absoluteEnd }
}

/** An entry of an earlier form has no instant of the sign-in: it is that of the session, until the last one ends. */
export function withSignIn(item: Item): Item {
  return { signedInAt: item.firstSeen, ...item }
}

/** The session of an entry. @throws UNAVAILABLE for an entry of another form */
export function listedOf(stored: Item): ListedSession {
  const item = withSignIn(stored)
  assertForm(listedForm, item)
  const { pk, sk, expiresAt, ...members } = item
  return { ...members, id: idIn(sk) } as unknown as ListedSession
}
