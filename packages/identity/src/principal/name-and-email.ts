/**
 * A person's name and e-mail address, for display. No decision depends on them, so unfit text is dropped and not
 * refused.
 */
import { repairLine } from '@fieldnotes/core/visible-text'
import { fixedBounds } from '../bounds.ts'
import type { JsonObject } from '../token/strict-json.ts'

/**
 * Returns one line of at most 80 visible characters (code points); `undefined` when nothing visible is left, and for an
 * address: other people may read a name, and not an address.
 */
export function parseName(claim: unknown): string | undefined {
  const name = typeof claim === 'string' ? repairLine(claim, fixedBounds.nameCharsMax) : undefined
  return name !== undefined && /[^\s@]@[^\s@]/u.test(name) ? undefined : name
}

/** Returns the address only if `email_verified` is the boolean `true`. */
export function parseEmail({ email, email_verified }: JsonObject): string | undefined {
  if (email_verified !== true || typeof email !== 'string') return undefined
  return email.length <= fixedBounds.emailCharsMax && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(email) ? email : undefined
}
