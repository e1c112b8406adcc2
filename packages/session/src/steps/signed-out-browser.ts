/** Whether a browser was signed out: by its own page, from another browser, or by an operator. */
import { AppError } from '@fieldnotes/core/error'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import { type CookieSecret, parseCookieSecret } from '../crypto/cookie-secret.ts'
import { sessionCookie, signedOutCookie } from '../http/cookies.ts'
import { cookieOf, type Event, hasCookie } from '../http/event.ts'
import { readSession } from '../store/open-sessions.ts'
import { nowOf, refreshableOf, type SessionParts } from './session-parts.ts'

type Parts = Pick<SessionParts, 'table' | 'clock' | 'clients'>

/**
 * True after a sign-out, and for the cookie of a session that has ended or is revoked: the provider's own cookie may
 * live on, and would begin the next session without the person.
 */
export async function isSignedOutBrowser(parts: Parts, event: Pick<Event, 'cookies'>): Promise<boolean> {
  if (hasCookie(event, signedOutCookie)) return true
  if (!hasCookie(event, sessionCookie)) return false
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  return cookie === undefined || !(await isLive(parts, cookie))
}

/** A session that can't be read is none: it must not keep its person from signing in again. */
async function isLive(parts: Parts, cookie: CookieSecret): Promise<boolean> {
  try {
    const session = await readSession(parts.table, cookie, nowOf(parts))
    return session !== undefined && !(await hasEnded(parts.table, refreshableOf(parts, session)))
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return false
    throw error
  }
}
