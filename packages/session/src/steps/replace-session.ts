/** What a new session of a browser replaces: the session that it had, and the mark of a sign-out. */
import { createSessionStore } from '@fieldnotes/table/session-store'
import { type CookieSecret, parseCookieSecret } from '../crypto/cookie-secret.ts'
import { removeCookie, sessionCookie, setCookie, signedOutCookie } from '../http/cookies.ts'
import { cookieOf, type Event } from '../http/event.ts'
import { absoluteSeconds } from '../store/lifetimes.ts'
import { readSession } from '../store/open-sessions.ts'
import { informProvider } from './inform-provider.ts'
import { nowOf, reasonOf, type SessionParts } from './session-parts.ts'

/** The cookies of a browser that has a new session. */
export function signedInCookies(session: CookieSecret): readonly string[] {
  return [setCookie(sessionCookie, session, absoluteSeconds), removeCookie(signedOutCookie)]
}

/** Ends the session of the cookie that the new one replaces. It never throws: the new session is stored. */
export async function endReplaced(parts: SessionParts, event: Event): Promise<void> {
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  try {
    if (cookie) await endOf(parts, cookie)
  } catch (error) {
    parts.log('warn', 'session.replaced_not_ended', { reason: reasonOf(error) })
  }
}

async function endOf(parts: SessionParts, cookie: CookieSecret): Promise<void> {
  const { table, clock } = parts
  const session = await readSession(table, cookie, nowOf(parts))
  if (!session) return
  await createSessionStore(table, clock).end(session.personId, session.id)
  await informProvider(parts, session.personId)
}
