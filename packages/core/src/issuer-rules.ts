/** The rules for an issuer's name and token lifetime. Settings and the table of issuers are both checked by them. */

/**
 * Largest `lifetimeSecondsMax` of an issuer: one day.
 * @example
 * ```ts
 * import { issuerLifetimeSecondsMax } from '@fieldnotes/core/issuer-rules'
 *
 * const isAccepted = (seconds: number) => seconds <= issuerLifetimeSecondsMax
 * ```
 */
export const issuerLifetimeSecondsMax = 86_400

/**
 * Whether a value is an issuer's name: 1 to 32 lower-case letters, digits and hyphens, the first one a letter.
 * @example
 * ```ts
 * import { isIssuerName } from '@fieldnotes/core/issuer-rules'
 *
 * isIssuerName('auth0') // true
 * isIssuerName('Auth0 (EU)') // false
 * ```
 */
export function isIssuerName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,31}$/.test(value)
}
