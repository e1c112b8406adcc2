/** What the local sign-ins take as an e-mail address. */

/** Characters of an address, at most (RFC 5321 §4.5.3.1.3, without the angle brackets). */
export const emailCharsMax = 254

/** A valid address as HTML's `<input type=email>` defines it, with a dot in the host name. */
const address =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/

/** Whether a text in lower case is an address. */
export function isEmailAddress(text: string): boolean {
  return text.length <= emailCharsMax && address.test(text)
}
