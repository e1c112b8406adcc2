/**
 * The secret of a cookie: 256 random bits. The table has its SHA-256 alone, so that a copy of the table contains
 * neither a cookie that is accepted nor a key that opens anything.
 */
import { hkdfSync, randomBytes } from 'node:crypto'

declare const cookieSecret: unique symbol

/** 256 bits in base64url, 43 characters. */
export type CookieSecret = string & { readonly [cookieSecret]: true }

/** Creates a secret. */
export function newCookieSecret(): CookieSecret {
  return randomBytes(32).toString('base64url') as CookieSecret
}

/** The secret that a cookie has; undefined for every other text, and for none. */
export function parseCookieSecret(text: string | undefined): CookieSecret | undefined {
  return text !== undefined && /^[\w-]{43}$/.test(text) ? (text as CookieSecret) : undefined
}

/** What a key seals. Keys of two purposes are unrelated. */
export type KeyPurpose = 'access token' | 'sign-in'

/** The key of 32 bytes that belongs to a cookie (HKDF-SHA-256, RFC 5869). Its input is uniform, so it needs no salt. */
export function keyOf(secret: CookieSecret, purpose: KeyPurpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', `fieldnotes session: ${purpose}`, 32))
}
