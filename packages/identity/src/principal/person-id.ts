/** The id of a principal: how it is derived from issuer and subject, and its form. */
import { createHash } from 'node:crypto'

/**
 * Returns an opaque, stable id: the first 160 bits of SHA-256 over issuer and subject, as 27 base64url characters. Each
 * text is hashed after its length, so that no two pairs of texts give the same input.
 * @example
 * ```ts
 * import { personId } from '@fieldnotes/identity/person-id'
 *
 * const id = personId('https://auth.example.com', 'auth0|alice') // the `id` of her principal
 * ```
 */
export function personId(issuer: string, subject: string): string {
  return createHash('sha256')
    .update(lengthFirst(issuer))
    .update(lengthFirst(subject))
    .digest()
    .subarray(0, 20)
    .toString('base64url')
}

function lengthFirst(text: string): string {
  return `${Buffer.byteLength(text)}:${text}`
}

/**
 * Whether a value has the form of an id: 27 base64url characters that are the one encoding of 20 bytes. Unused bits
 * must be zero (RFC 4648 §3.5). Otherwise one person would have four ids.
 * @example
 * ```ts
 * import { isPersonId } from '@fieldnotes/identity/person-id'
 *
 * isPersonId('alice') // false
 * ```
 */
export function isPersonId(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{27}$/.test(value)) return false
  return Buffer.from(value, 'base64url').toString('base64url') === value
}
