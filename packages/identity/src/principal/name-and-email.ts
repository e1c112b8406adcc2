/**
 * A person's name and e-mail address, for display. No decision depends on them, so unfit text is dropped and not
 * refused.
 */
import { repairLine } from '@fieldnotes/core/visible-text'
import { fixedBounds } from '../bounds.ts'
import type { JsonObject } from '../token/strict-json.ts'

/**
 * An e-mail address in any text: a sign between two characters, or with white space around it and a domain behind it.
 * The sign and the dot have full-width forms, which look alike (UAX #15, compatibility).
 */
const address = /[^\s@﹫＠](?:[@﹫＠][^\s@﹫＠]|\s*[@﹫＠]\s*[^\s@﹫＠.．。｡]+[.．。｡][^\s@﹫＠.．。｡])/u

/** An account of a Windows domain, such as `CORP\carol`: no one's name. */
const domainAccount = /^\s*[^\s\\]+\\[^\s\\]+\s*$/u

/**
 * Returns one line of at most 80 visible characters (code points); `undefined` when nothing visible is left, for a text
 * with an address, and for an account of a Windows domain: other people may read a name, and none of these. The whole
 * text is searched, before it is cut: a part of an address would still give it away.
 */
export function parseName(claim: unknown): string | undefined {
  if (typeof claim !== 'string' || address.test(claim) || domainAccount.test(claim)) return undefined
  return repairLine(claim, fixedBounds.nameCharsMax)
}

/** Returns the address only if `email_verified` is the boolean `true`. */
export function parseEmail({ email, email_verified }: JsonObject): string | undefined {
  if (email_verified !== true || typeof email !== 'string') return undefined
  return email.length <= fixedBounds.emailCharsMax && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(email) ? email : undefined
}
