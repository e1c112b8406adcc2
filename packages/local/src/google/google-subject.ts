/** Google's `sub` of an account. */
import { createHash } from 'node:crypto'

/** Google's subjects are decimal numbers of 21 digits; here they follow from the address. */
export function googleSubject(email: string): string {
  const digest = createHash('sha256').update(`google ${email}`).digest('hex')
  return BigInt(`0x${digest}`).toString().slice(0, 21)
}
