/** The look-up of tokens that are no JWTs, which the host of this package writes. */

/**
 * Returns the claims of an opaque token, as a JWT of its issuer would have them; undefined, or `active: false` as an
 * introspection endpoint says it (RFC 7662 §2.2), for a token that is not valid. It must reject where that can't be
 * decided, and it receives whatever a caller has sent: of at most 512 characters, without a dot.
 *
 * The claims are judged by the row of their `iss`, as those of a JWT: audience, client, times, subject, `jti`. Nothing
 * else vouches for them, so that the store or the endpoint is believed for every row.
 * @example
 * ```ts
 * import type { Introspect } from '@fieldnotes/identity/introspect'
 *
 * const stored = new Map<string, Record<string, unknown>>()
 * const introspect: Introspect = async (token) => stored.get(token)
 * ```
 */
export type Introspect = (token: string) => Promise<Readonly<Record<string, unknown>> | undefined>
