/** Ends the session of this browser: `POST /session/logout`. */
import { AppError } from '@fieldnotes/core/error'
import { seconds } from '@fieldnotes/table/instants'
import { lastingEnd } from '@fieldnotes/table/lasting-ends'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { writeSignOut } from '@fieldnotes/table/sign-outs'
import { parseCookieSecret } from '../crypto/cookie-secret.ts'
import { noContent } from '../http/answers.ts'
import { removeCookie, sessionCookie, setCookie, signedOutCookie } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import { absoluteSeconds } from '../store/lifetimes.ts'
import { readSession } from '../store/open-sessions.ts'
import type { StoredSession } from '../store/session-item.ts'
import { informProvider } from './inform-provider.ts'
import { nowOf, reasonOf, type SessionParts } from './session-parts.ts'

/**
 * Ends the session and revokes its sign-in at every door, in one transaction, and informs the provider. A browser
 * without a session gets the same answer. After a crash the scheduled pass informs the provider.
 * @throws UNAVAILABLE when the table is out of reach: the browser keeps its cookie, and can try again
 */
export async function signOut(parts: SessionParts, event: Event): Promise<Result> {
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  const session = cookie && (await readSession(parts.table, cookie, nowOf(parts)))
  if (session) {
    await endSignIn(parts, session)
    await informProvider(parts, session.personId)
  }
  const cookies = [removeCookie(sessionCookie), setCookie(signedOutCookie, '1', absoluteSeconds)]
  return noContent({ headers: { location: parts.clients[session?.heldBy ?? 'pool'].logoutUrl }, cookies })
}

/**
 * All doors read all revocations, so that a person may write only some of them: `signOutsMax`. After that the session
 * ends without one: its cookie is refused, and the browser never had a token. The end of the sign-in, which the list
 * does not have, is stored all the same: no other token of it begins a session.
 */
async function endSignIn({ table, clock, log }: SessionParts, session: StoredSession): Promise<void> {
  const { personId, loginId } = session
  const store = createSessionStore(table, clock)
  // A sign-in at Firebase begins a session with each of its ID tokens.
  const others = (await store.list(personId)).filter((each) => each.loginId === loginId && each.id !== session.id)
  const sessions = [session, ...others]
  try {
    await writeSignOut(table, { personId, loginId }, clock(), sessions)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'LIMIT_EXCEEDED')) throw error
    log('warn', 'session.sign_in_not_revoked', { reason: reasonOf(error) })
    const end = lastingEnd({ kind: 'login', loginId }, seconds(clock()))
    if (end) await table.write({ put: end })
    for (const { id } of sessions) await store.end(personId, id)
  }
}
