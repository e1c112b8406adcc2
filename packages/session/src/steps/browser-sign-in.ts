/** Starts and finishes a sign-in: `GET /session/login` and `GET /session/callback`. */
import { AppError } from '@fieldnotes/core/error'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { type CookieSecret, newCookieSecret, parseCookieSecret } from '../crypto/cookie-secret.ts'
import { seeOther } from '../http/answers.ts'
import { removeCookie, sessionCookie, setCookie, signInCookie } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import { returnPathOf } from '../http/return-path.ts'
import type { SignedIn } from '../provider/oauth-provider.ts'
import { absoluteSeconds } from '../store/lifetimes.ts'
import { readSession } from '../store/open-sessions.ts'
import { consumeSignIn, type StartedSignIn, signInSeconds, storeSignIn } from '../store/started-sign-ins.ts'
import { beginSession } from './begin-session.ts'
import { informProvider } from './inform-provider.ts'
import { nowOf, type Person, personOf, reasonOf, type SessionParts } from './session-parts.ts'
import { passedOnOf } from './sign-in-parameters.ts'

/** Characters of a query, at most. */
const queryMax = 8192

function queryOf({ rawQueryString }: Event): URLSearchParams {
  if (rawQueryString.length > queryMax) throw new AppError('BAD_USER_INPUT', 'a query of more than 8 KB')
  return new URLSearchParams(rawQueryString)
}

/**
 * Redirects to the provider. A second sign-in of the same browser shares the cookie of the first one, so that both can
 * be finished; `state`, `nonce` and the verifier are new each time.
 * @throws BAD_USER_INPUT for a parameter that can't be passed on
 */
export async function startSignIn(parts: SessionParts, event: Event): Promise<Result> {
  const query = queryOf(event)
  const { passedOn, maxAge } = passedOnOf(query)
  const { attempt, url } = await parts.provider.begin(passedOn)
  const cookie = parseCookieSecret(cookieOf(event, signInCookie)) ?? newCookieSecret()
  const started = { attempt, maxAge, returnPath: returnPathOf(query.get('return')) }
  await storeSignIn(parts.table, cookie, started, nowOf(parts))
  return seeOther(url, [setCookie(signInCookie, cookie, signInSeconds)])
}

/**
 * Finishes a sign-in that this browser has started, and begins a session. The session that the browser had is ended.
 * @throws BAD_USER_INPUT for a sign-in that was not started here, was finished before, or whose answer is refused;
 * UNAUTHENTICATED for a sign-in that is older than wanted
 */
export async function finishSignIn(parts: SessionParts, event: Event): Promise<Result> {
  const query = queryOf(event)
  const cookie = parseCookieSecret(cookieOf(event, signInCookie))
  const started = await consumeSignIn(parts.table, cookie, query, nowOf(parts))
  const signedIn = await parts.provider.redeem(event.rawQueryString, started.attempt)
  const session = await sessionFor(parts, started, signedIn, event)
  await endReplaced(parts, event)
  const cookies = [setCookie(sessionCookie, session, absoluteSeconds), removeCookie(signInCookie)]
  return seeOther(started.returnPath, cookies)
}

/** Tokens that get no session are revoked: no sign-in is without an owner. */
async function sessionFor(parts: SessionParts, started: StartedSignIn, signedIn: SignedIn, event: Event) {
  const { accessToken, refreshToken, subject } = signedIn
  try {
    const person = await personOf(parts, accessToken)
    if (person.subject !== subject) throw new AppError('BAD_USER_INPUT', 'two tokens of different persons')
    assertFresh(person, started.maxAge, nowOf(parts))
    return await beginSession(parts, { person, accessToken, refreshToken, userAgent: event.headers['user-agent'] })
  } catch (error) {
    await parts.provider.revoke(refreshToken).catch(() => undefined)
    throw error
  }
}

/** Seconds by which the provider's clock may differ. */
const skewSeconds = 10

/** Cognito knows no `max_age`: a browser may come back with an old sign-in. */
function assertFresh({ authenticatedAt }: Person, maxAge: number | undefined, now: number): void {
  if (maxAge === undefined) return
  if (authenticatedAt !== undefined && now - authenticatedAt <= maxAge + skewSeconds) return
  throw new AppError('UNAUTHENTICATED', 'sign_in_too_old', { remedy: { kind: 'STEP_UP', maxAge } })
}

/** Ends the session of the cookie that the new one replaces. */
async function endReplaced(parts: SessionParts, event: Event): Promise<void> {
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
