/** Whether a browser was signed out: by its own page, from another browser, or by an operator. */
import { parseCookieSecret } from '../crypto/cookie-secret.ts'
import { sessionCookie, signedOutCookie } from '../http/cookies.ts'
import { cookieOf, type Event, hasCookie } from '../http/event.ts'
import { readSession } from '../store/open-sessions.ts'
import { nowOf, type SessionParts } from './session-parts.ts'

/**
 * True after a sign-out, and for the cookie of a session that has ended: the provider's own cookie may live on, and
 * would begin the next session without the person. @throws UNAVAILABLE
 */
export async function isSignedOutBrowser(
  parts: Pick<SessionParts, 'table' | 'clock'>,
  event: Pick<Event, 'cookies'>,
): Promise<boolean> {
  if (hasCookie(event, signedOutCookie)) return true
  if (!hasCookie(event, sessionCookie)) return false
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  return cookie === undefined || (await readSession(parts.table, cookie, nowOf(parts))) === undefined
}
