/** A session as it is stored: an item under the digest of its cookie. Its entry is that of the person's list. */
import { sessionKey } from '@fieldnotes/table/access-keys'
import type { Digest } from '@fieldnotes/table/digest'
import {
  assertForm,
  type Form,
  isInstant,
  isText,
  type ListedSession,
  listedForm,
  withSignIn,
} from '@fieldnotes/table/session-entries'
import type { Item } from '@fieldnotes/table/writes'
import type { Sealed } from '../crypto/envelope.ts'

/** The server of a session's refresh token. */
export type Holder = 'pool' | 'own'

/** A session with its sealed tokens. */
export interface StoredSession extends ListedSession {
  readonly personId: string
  /** Where its refresh token is of: the user pool, or our own issuer for people of Firebase. */
  readonly heldBy: Holder
  /** Counts the changes: a write that read an older version fails. */
  readonly version: number
  /** When the access token expires. */
  readonly accessUntil: number
  /** The access token, sealed under a key of the cookie. */
  readonly access: Uint8Array
  /** The refresh token, sealed under a data key. */
  readonly refresh: Sealed
}

function isHolder(value: unknown): boolean {
  return value === 'pool' || value === 'own'
}

/** Whether a stored value is of bytes. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}

const storedForm: Form = {
  ...listedForm,
  personId: isText,
  heldBy: isHolder,
  version: isInstant,
  accessUntil: isInstant,
  access: isBytes,
  dataKey: isBytes,
  box: isBytes,
}

/** The item of a session. DynamoDB deletes it after its absolute end. */
export function sessionItem({ id, refresh, ...members }: StoredSession): Item {
  return { ...sessionKey(id), ...members, ...refresh, expiresAt: members.absoluteEnd }
}

/** The holder that an item names: one of an earlier form names none. */
export function holderIn({ heldBy = 'pool' }: Item): Holder {
  return heldBy as Holder
}

/** The session of an item. @throws UNAVAILABLE for an item of another form */
export function sessionOf(id: Digest, stored: Item): StoredSession {
  const item: Item = { ...withSignIn(stored), heldBy: holderIn(stored) }
  assertForm(storedForm, item)
  const { pk, sk, expiresAt, lockUntil, dataKey, box, ...members } = item
  return { ...members, id, refresh: { dataKey, box } } as unknown as StoredSession
}
