/** The two cookies. `__Host-` binds them to this very host, its path `/`, and a secure connection (RFC 6265bis). */
import type { CookieSecret } from '../crypto/cookie-secret.ts'

/** The session. */
export const sessionCookie = '__Host-session'

/** A sign-in that was started in this browser. */
export const signInCookie = '__Host-login'

/** Lax, not Strict: the provider sends the browser back from another site, with a GET. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** Sets a cookie for some seconds. */
export function setCookie(name: string, secret: CookieSecret, maxAgeSeconds: number): string {
  return `${name}=${secret}; ${attributes}; Max-Age=${maxAgeSeconds}`
}

/** Removes a cookie. */
export function removeCookie(name: string): string {
  return `${name}=; ${attributes}; Max-Age=0`
}
