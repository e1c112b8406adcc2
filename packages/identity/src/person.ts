/** Words about a person that others will see. They decide nothing, so that what is unfit is left out and not refused. */
import type { JsonObject } from './strict-json.ts'

const nameCharsMax = 80
/** Controls, marks that reorder text, unassigned and lone halves. The two joiners stay: Persian and emoji need them. */
const unprintable = /[^\P{C}\u200c\u200d]|[\p{Zl}\p{Zp}]/gu

/** One line of at most 80 characters (code points), or nothing. */
export const parseName = (claim: unknown): string | undefined => {
  if (typeof claim !== 'string') return undefined
  const line = claim.normalize('NFC').replace(unprintable, ' ').replace(/\s+/g, ' ')
  return [...line].slice(0, nameCharsMax).join('').trim() || undefined
}

/** Only an address that the issuer says is verified, with the boolean `true`. */
export const parseEmail = ({ email, email_verified }: JsonObject): string | undefined => {
  if (email_verified !== true || typeof email !== 'string') return undefined
  return email.length <= 254 && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(email) ? email : undefined
}
