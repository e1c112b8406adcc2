/** Says whether this browser is signed in: `GET /session`. Reading it prolongs nothing. */
import { parseCookieSecret } from '../crypto/cookie-secret.ts'
import { jsonAnswer } from '../http/answers.ts'
import { sessionCookie } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import { readSession } from '../store/open-sessions.ts'
import { openedOf } from './refresh-session.ts'
import { nowOf, type SessionParts } from './session-parts.ts'

/** RFC 3339 in UTC, without fractions. */
function instantOf(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000', '')
}

/** @throws UNAVAILABLE when the table is out of reach */
export async function showSession(parts: SessionParts, event: Event): Promise<Result> {
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  const session = cookie && (await readSession(parts.table, cookie, nowOf(parts)))
  const access = session && openedOf(cookie, session)
  if (!access) return jsonAnswer({ signedIn: false })
  const expiresAt = instantOf(Math.min(session.idleEnd, session.absoluteEnd))
  return jsonAnswer({ signedIn: true, name: access.name ?? null, expiresAt })
}
