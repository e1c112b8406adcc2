/** Says whether this browser is signed in: `GET /session`. Reading it prolongs nothing. */
import { AppError } from '@fieldnotes/core/error'
import { parseCookieSecret } from '../crypto/cookie-secret.ts'
import { jsonAnswer } from '../http/answers.ts'
import { sessionCookie } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import { readSession } from '../store/open-sessions.ts'
import type { StoredSession } from '../store/session-item.ts'
import { openAccess } from './access-box.ts'
import { nowOf, personOf, type SessionParts } from './session-parts.ts'

/** RFC 3339 in UTC, without fractions. */
function instantOf(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000', '')
}

/**
 * Whether the endpoint accepts the token: the sign-in may be revoked. A token that has expired is judged when it is
 * new; a sign-out has ended its session.
 */
async function isAccepted(parts: SessionParts, session: StoredSession, token: string): Promise<boolean> {
  if (session.accessUntil <= nowOf(parts)) return true
  try {
    return Boolean(await personOf(parts, token))
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return false
    throw error
  }
}

/** @throws UNAVAILABLE when the table is out of reach */
export async function showSession(parts: SessionParts, event: Event): Promise<Result> {
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  const session = cookie && (await readSession(parts.table, cookie, nowOf(parts)))
  const access = session && openAccess(cookie, session)
  if (!access || !(await isAccepted(parts, session, access.token))) return jsonAnswer({ signedIn: false })
  const expiresAt = instantOf(Math.min(session.idleEnd, session.absoluteEnd))
  return jsonAnswer({ signedIn: true, name: access.name ?? null, expiresAt })
}
