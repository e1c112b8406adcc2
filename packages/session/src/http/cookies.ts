/** The cookies. `__Host-` binds them to this very host, its path `/`, and a secure connection (RFC 6265bis). */
import { digestOf } from '@fieldnotes/table/digest'
import type { CookieSecret } from '../crypto/cookie-secret.ts'
import type { Event } from './event.ts'

/** The session. */
export const sessionCookie = '__Host-session'

/**
 * This browser was signed out: its next sign-in is a new one at the provider, whose own cookie lives on. It is no
 * secret, and a sign-in removes it.
 */
export const signedOutCookie = '__Host-signed-out'

/** The name of such a cookie, as `signInCookieOf` makes it. */
const signInName = /^__Host-login-[\w-]{12}(?==)/

/** Sign-ins that one browser may have started, at most: one more ends the oldest. */
const signInsMax = 5

/** Cookies that one response removes, at most. Our own browsers have none left then; API Gateway passes 10 KB. */
const removedMax = 20

/** The cookie of a sign-in that was started in this browser. Each has one of its own, so that two tabs share none. */
export function signInCookieOf(state: string): string {
  return `__Host-login-${digestOf(state).slice(0, 12)}`
}

/** The cookies of started sign-ins for which one more leaves no room. A browser sends the oldest first. */
export function surplusSignInCookies({ cookies = [] }: Pick<Event, 'cookies'>): readonly string[] {
  const names = cookies.flatMap((cookie) => signInName.exec(cookie) ?? [])
  return names.slice(0, Math.max(0, names.length + 1 - signInsMax)).slice(0, removedMax)
}

/** Lax, not Strict: the provider sends the browser back from another site, with a GET. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** Sets a cookie for some seconds. `1` is the value of one that has no secret. */
export function setCookie(name: string, secret: CookieSecret | '1', maxAgeSeconds: number): string {
  return `${name}=${secret}; ${attributes}; Max-Age=${maxAgeSeconds}`
}

/** Removes a cookie. */
export function removeCookie(name: string): string {
  return `${name}=; ${attributes}; Max-Age=0`
}
