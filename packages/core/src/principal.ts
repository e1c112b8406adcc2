/**
 * The caller of a request. `identity` creates it and freezes it; authorization rules read nothing else about the
 * caller.
 */

/** The caller: check `kind` to learn which. */
export type Principal = Anonymous | User | Service

/** A request without credential. A bad credential never gives this: it is refused. */
export interface Anonymous {
  readonly kind: 'anonymous'
}

/** What a verified token says about its caller. */
export interface Known {
  /**
   * Opaque and stable: 27 base64url characters, derived from issuer and subject. One `sub` at two issuers gives two
   * ids.
   */
  readonly id: string
  /** Name of the configured issuer, such as `cognito`. */
  readonly issuer: string
  /** The token's `sub`. */
  readonly subject: string
  /** The OAuth client that got the token. Undefined at Firebase. */
  readonly clientId: string | undefined
  /** The API's scopes, already translated from the issuer's. */
  readonly scopes: ReadonlySet<string>
  /** Groups as `issuer:group`, so that groups of two issuers are never equal. */
  readonly groups: ReadonlySet<string>
  /** When the person last signed in, in seconds since the epoch, if the issuer says so (`auth_time`). */
  readonly authenticatedAt: number | undefined
  /** The token's `jti`. */
  readonly tokenId: string | undefined
  /** When the token expires, in seconds since the epoch. */
  readonly expiresAt: number
}

/** A person. */
export interface User extends Known {
  readonly kind: 'user'
  /** For display: one line of at most 80 visible characters. */
  readonly name: string | undefined
  /** For display: an address that the issuer has verified. */
  readonly email: string | undefined
}

/** A client that acts for itself (OAuth client credentials, RFC 6749 §4.4). */
export interface Service extends Known {
  readonly kind: 'service'
}

/** The caller without a credential. */
export const anonymous: Anonymous = Object.freeze({ kind: 'anonymous' })
