/** Ends the session of this browser: `POST /session/logout`. */
import { AppError } from '@fieldnotes/core/error'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { type OneSignOut, writeSignOut } from '@fieldnotes/table/sign-outs'
import { parseCookieSecret } from '../crypto/cookie-secret.ts'
import { noContent } from '../http/answers.ts'
import { removeCookie, sessionCookie } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import { readSession } from '../store/open-sessions.ts'
import { informProvider } from './inform-provider.ts'
import { nowOf, reasonOf, type SessionParts } from './session-parts.ts'

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
    await revokeSignIn(parts, { personId, loginId })
    await createSessionStore(parts.table, parts.clock).end(personId, id)
    await informProvider(parts, personId)
  }
  return noContent({ headers: { location: parts.provider.logoutUrl }, cookies: [removeCookie(sessionCookie)] })
}

/**
 * All doors read all revocations, so that a person may write only some of them: `signOutsMax`. After that the session
 * ends without one: its cookie is refused, and the browser never had a token.
 */
async function revokeSignIn({ table, clock, log }: SessionParts, signOut: OneSignOut): Promise<void> {
  try {
    await writeSignOut(table, signOut, clock())
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'LIMIT_EXCEEDED')) throw error
    log('warn', 'session.sign_in_not_revoked', { reason: reasonOf(error) })
  }
}
