/** When an assertion of a client may end at the latest (RFC 7523 §3, item 4). */
import { errors } from 'oidc-provider'

/**
 * Longest life that an assertion may have left, in seconds: an hour, as libraries choose it, and a minute for clocks
 * that differ. For as long its id is stored.
 */
export const assertionSecondsMax = 3660

/** `exp` and `now` are in seconds since the epoch. @throws InvalidClientAuth for an assertion that ends later */
export function assertAssertionEnd(exp: unknown, now: number): void {
  if (typeof exp === 'number' && exp <= now + assertionSecondsMax) return
  throw new errors.InvalidClientAuth('the assertion ends too late')
}
