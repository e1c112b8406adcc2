/** The rules for an issuer's name and token lifetime. Settings and the table of issuers are both checked by them. */

/** Largest `lifetimeSecondsMax` of an issuer: one day. */
export const issuerLifetimeSecondsMax = 86_400

/** Whether a value is an issuer's name: 1 to 32 lower-case letters, digits and hyphens, the first one a letter. */
export function isIssuerName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,31}$/.test(value)
}
