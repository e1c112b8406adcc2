/** The id of a principal, derived from issuer and subject. */
import { createHash } from 'node:crypto'

/**
 * Returns an opaque, stable id: the first 160 bits of SHA-256 over issuer and subject, as 27 base64url characters. Each
 * text is hashed after its length, so that no two pairs of texts give the same input.
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
