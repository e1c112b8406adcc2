/** Digests of secrets, as keys of items: a copy of the table contains no secret that a door would accept. */
import { createHash } from 'node:crypto'

declare const digest: unique symbol

/** SHA-256 of a secret in base64url, 43 characters. Only `digestOf` makes one. */
export type Digest = string & { readonly [digest]: true }

/** SHA-256 (FIPS 180-4) in base64url. */
export function digestOf(secret: string): Digest {
  return createHash('sha256').update(secret).digest('base64url') as Digest
}
