/** Words about a person that others will see. They decide nothing, so that what is unfit is left out and not refused. */
import { repairLine } from '@fieldnotes/core/visible-text'
import type { JsonObject } from '../token/strict-json.ts'

const nameCharsMax = 80

/** One line of at most 80 characters (code points) by the rules for all text that others see, or nothing. */
export function parseName(claim: unknown): string | undefined {
  return typeof claim === 'string' ? repairLine(claim, nameCharsMax) : undefined
}

/** Only an address that the issuer says is verified, with the boolean `true`. */
export function parseEmail({ email, email_verified }: JsonObject): string | undefined {
  if (email_verified !== true || typeof email !== 'string') return undefined
  return email.length <= 254 && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(email) ? email : undefined
}
