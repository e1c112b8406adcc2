/** When an assertion of a client ends (RFC 7523 §3, item 4): from then on it is refused, and it may not be too late. */
import { errors } from 'oidc-provider'

/**
 * Longest life that an assertion may have left, in seconds: an hour, as libraries choose it, and a minute for clocks
 * that differ. For as long its id is stored.
 */
export const assertionSecondsMax = 3660

/**
 * `exp` and `now` are in seconds since the epoch. oidc-provider has a tolerance of 15 seconds, which is for clients
 * whose clock is ahead: an end has none here, as at every door.
 * @throws InvalidClientAuth for an assertion that has ended, or ends later
 */
export function assertAssertionEnd(exp: unknown, now: number): void {
  if (typeof exp === 'number' && exp > now && exp <= now + assertionSecondsMax) return
  throw new errors.InvalidClientAuth('the assertion has ended, or ends too late')
}
