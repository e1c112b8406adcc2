/** Says whether this browser is signed in: `GET /session`. Reading it prolongs nothing. */
import { AppError } from '@fieldnotes/core/error'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import { parseCookieSecret } from '../crypto/cookie-secret.ts'
import { jsonAnswer } from '../http/answers.ts'
import { sessionCookie } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import { readSession } from '../store/open-sessions.ts'
import type { StoredSession } from '../store/session-item.ts'
import { openAccess } from './access-box.ts'
import { isDue } from './refresh-session.ts'
import { nowOf, personOf, refreshableOf, type SessionParts } from './session-parts.ts'

/** RFC 3339 in UTC, without fractions. */
function instantOf(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000', '')
}

/**
 * Whether the sign-in is not revoked. A token that is due is not judged: its lasting ends are read, as at a refresh.
 */
async function isAccepted(parts: SessionParts, session: StoredSession, token: string): Promise<boolean> {
  if (isDue(session, nowOf(parts))) return !(await hasEnded(parts.table, refreshableOf(parts, session)))
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
