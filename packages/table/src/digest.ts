/** Digests of secrets, as keys of items: a copy of the table contains no secret that a door would accept. */
import { createHash } from 'node:crypto'

declare const digest: unique symbol

/** SHA-256 of a secret in base64url, 43 characters. `digestOf` makes one, `parseDigest` reads one. */
export type Digest = string & { readonly [digest]: true }

/** SHA-256 (FIPS 180-4) in base64url. */
export function digestOf(secret: string): Digest {
  return createHash('sha256').update(secret).digest('base64url') as Digest
}

/** The digest that a text is; undefined for a text of another form. */
export function parseDigest(text: string): Digest | undefined {
  return /^[\w-]{43}$/.test(text) ? (text as Digest) : undefined
}
