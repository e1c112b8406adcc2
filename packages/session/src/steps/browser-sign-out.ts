/** Ends the session of this browser: `POST /session/logout`. */
import { writeRevocation } from '@fieldnotes/table/revocations'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { parseCookieSecret } from '../crypto/cookie-secret.ts'
import { noContent } from '../http/answers.ts'
import { removeCookie, sessionCookie } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import { readSession } from '../store/open-sessions.ts'
import { informProvider } from './inform-provider.ts'
import { nowOf, type SessionParts } from './session-parts.ts'

/**
 * Revokes the sign-in at every door, ends the session, and informs the provider. A browser without a session gets the
 * same answer. The order survives a crash: each step can be repeated, and the cookie is removed last.
 * @throws UNAVAILABLE when the table is out of reach: the browser keeps its cookie, and can try again
 */
export async function signOut(parts: SessionParts, event: Event): Promise<Result> {
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  const session = cookie && (await readSession(parts.table, cookie, nowOf(parts)))
  if (session) {
    const { personId, id, loginId } = session
    await writeRevocation(parts.table, { kind: 'login', loginId }, parts.clock())
    await createSessionStore(parts.table, parts.clock).end(personId, id)
    await informProvider(parts, personId)
  }
  return noContent({ headers: { location: parts.provider.logoutUrl }, cookies: [removeCookie(sessionCookie)] })
}
