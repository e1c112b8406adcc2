/** Starts and finishes a sign-in: `GET /session/login` and `GET /session/callback`. */
import { AppError } from '@fieldnotes/core/error'
import { type CookieSecret, newCookieSecret, parseCookieSecret } from '../crypto/cookie-secret.ts'
import { SignInRefused, seeOther } from '../http/answers.ts'
import { removeCookie, setCookie, signInCookieOf, surplusSignInCookies } from '../http/cookies.ts'
import { cookieOf, type Event, type Result } from '../http/event.ts'
import type { SignedIn } from '../provider/oauth-provider.ts'
import { consumeSignIn, type StartedSignIn, signInSeconds, storeSignIn } from '../store/started-sign-ins.ts'
import { beginSession } from './begin-session.ts'
import { endReplaced, signedInCookies } from './replace-session.ts'
import { nowOf, type Person, personOf, type SessionParts } from './session-parts.ts'
import { requestedOf } from './sign-in-parameters.ts'
import { isSignedOutBrowser } from './signed-out-browser.ts'

/** Characters of a query, at most. */
const queryMax = 8192

function queryOf({ rawQueryString }: Event): URLSearchParams {
  if (rawQueryString.length > queryMax) throw new AppError('BAD_USER_INPUT', 'a query of more than 8 KB')
  return new URLSearchParams(rawQueryString)
}

/**
 * Redirects to the provider. Each sign-in has a cookie of its own, so that two tabs can both be finished; `state`,
 * `nonce` and the verifier are new each time. In a browser that was signed out the person signs in anew.
 * @throws BAD_USER_INPUT for a parameter that can't be passed on; UNAVAILABLE
 */
export async function startSignIn(parts: SessionParts, event: Event): Promise<Result> {
  const query = queryOf(event)
  const { passedOn, anew, maxAge, returnPath, againPath } = requestedOf(query, await isSignedOutBrowser(parts, event))
  const { attempt, url } = await parts.provider.begin(passedOn)
  const [cookie, now] = [newCookieSecret(), nowOf(parts)]
  const started = { attempt, maxAge, returnPath, againPath, signedInSince: anew ? now : undefined }
  await storeSignIn(parts.table, cookie, started, now)
  const surplus = surplusSignInCookies(event).map(removeCookie)
  return seeOther(url, [...surplus, setCookie(signInCookieOf(attempt.state), cookie, signInSeconds)])
}

/**
 * Finishes a sign-in that this browser has started, and begins a session. The session that the browser had is ended. A
 * browser that was signed out meanwhile starts again.
 * @throws BAD_USER_INPUT for a sign-in that was not started here, was finished before, or whose answer is refused;
 * UNAUTHENTICATED for a sign-in that is older than wanted
 */
export async function finishSignIn(parts: SessionParts, event: Event): Promise<Result> {
  const query = queryOf(event)
  const name = signInCookieOf(query.get('state') ?? '')
  const cookie = parseCookieSecret(cookieOf(event, name))
  const started = await consumeSignIn(parts.table, cookie, query, nowOf(parts))
  if (started.signedInSince === undefined && (await isSignedOutBrowser(parts, event)))
    return seeOther(started.againPath, [removeCookie(name)])
  const session = await redeemed(parts, started, event)
  await endReplaced(parts, event)
  return seeOther(started.returnPath, [...signedInCookies(session), removeCookie(name)])
}

/** The new session. Its errors know how the sign-in is started again. */
async function redeemed(parts: SessionParts, started: StartedSignIn, event: Event): Promise<CookieSecret> {
  try {
    const signedIn = await parts.provider.redeem(event.rawQueryString, started.attempt)
    return await sessionFor(parts, started, signedIn, event)
  } catch (error) {
    throw error instanceof AppError ? new SignInRefused(error, started.againPath) : error
  }
}

/** Tokens that get no session are revoked: no sign-in is without an owner. */
async function sessionFor(parts: SessionParts, started: StartedSignIn, signedIn: SignedIn, event: Event) {
  const { accessToken, refreshToken, subject } = signedIn
  try {
    const person = await personOf(parts, accessToken)
    if (person.subject !== subject) throw new AppError('BAD_USER_INPUT', 'two tokens of different persons')
    assertFresh(person, started, nowOf(parts))
    return await beginSession(parts, {
      person,
      heldBy: 'pool',
      accessToken,
      refreshToken,
      userAgent: event.headers['user-agent'],
      source: { issuer: person.issuer, subject },
    })
  } catch (error) {
    await parts.provider.revoke(refreshToken).catch(() => undefined)
    throw error
  }
}

/** Seconds by which the provider's clock may differ. */
const skewSeconds = 10

/**
 * Cognito knows no `max_age`, and a browser can leave `prompt` out of the address: it may come back with an old
 * sign-in.
 */
function assertFresh({ authenticatedAt = 0 }: Person, { maxAge, signedInSince = 0 }: StartedSignIn, now: number): void {
  if (authenticatedAt + skewSeconds < signedInSince) throw new AppError('UNAUTHENTICATED', 'sign_in_not_new')
  if (maxAge === undefined || now - authenticatedAt <= maxAge + skewSeconds) return
  throw new AppError('UNAUTHENTICATED', 'sign_in_too_old', { remedy: { kind: 'STEP_UP', maxAge } })
}
