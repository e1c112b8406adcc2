/** The access token of a session, as the holder of the cookie opens it. */
import { open, SealBroken, seal } from '../crypto/box.ts'
import { type CookieSecret, keyOf } from '../crypto/cookie-secret.ts'
import type { StoredSession } from '../store/session-item.ts'

/** What is sealed under a key of the cookie. */
export interface Access {
  readonly token: string
  /** The person's name, for display. */
  readonly name: string | undefined
  /** The person's verified address, for the profile. */
  readonly email: string | undefined
}

/** Seals it for the session with this id. */
export function sealAccess(cookie: CookieSecret, id: string, access: Access): Uint8Array {
  return seal(keyOf(cookie, 'access token'), JSON.stringify(access), id)
}

/** Opens it; undefined for a box that was changed, or that was sealed for another session. */
export function openAccess(
  cookie: CookieSecret,
  { id, access }: Pick<StoredSession, 'id' | 'access'>,
): Access | undefined {
  try {
    return JSON.parse(open(keyOf(cookie, 'access token'), access, id)) as Access
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}
