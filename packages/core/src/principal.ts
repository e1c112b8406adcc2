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
  /** The API's scopes, already translated from the issuer's, and narrowed by the policies of the person's groups. */
  readonly scopes: ReadonlySet<string>
  /**
   * The scopes that the policies of the person's groups allow at most. Undefined where no policy narrows: `scopes` are
   * then all of the token.
   */
  readonly allowedScopes?: ReadonlySet<string> | undefined
  /** Scopes of the token that those policies took. Undefined where no policy narrows. */
  readonly withheldScopes?: ReadonlySet<string> | undefined
  /** Groups as `issuer:group`, so that groups of two issuers are never equal. */
  readonly groups: ReadonlySet<string>
  /** When the person last signed in, in seconds since the epoch, if the issuer says so (`auth_time`). */
  readonly authenticatedAt: number | undefined
  /** The token's `jti`. */
  readonly tokenId: string | undefined
  /**
   * The sign-in that the token descends from. All tokens of one sign-in have it in common, also after a refresh.
   * Undefined for a service, and for issuers that do not name it.
   */
  readonly loginId: string | undefined
  /**
   * Who acts for the caller, when the token was exchanged (RFC 8693 §4.1). For logs and limits; no right follows from
   * it.
   */
  readonly actor: Actor | undefined
  /** Whether the client belongs to another party than the API's own product: the issuer's row does not list it. */
  readonly thirdParty: boolean
  /** SHA-256 thumbprint of the key that the sender has proved to hold (RFC 9449 §6.1). Undefined for bearer tokens. */
  readonly boundTo: string | undefined
  readonly via: Via
  /** When the token expires, in seconds since the epoch. */
  readonly expiresAt: number
}

/**
 * How the credential arrived: as a token of the `Authorization` header, as a cookie of a browser session, or as a
 * signature that AWS has verified (SigV4).
 */
export type Via = 'bearer' | 'session' | 'iam'

/** One link of a delegation chain (RFC 8693 §4.1): the current actor, then the earlier ones. At most three. */
export interface Actor {
  readonly subject: string
  /** The actor before this one. */
  readonly actor?: Actor
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
  /** A service does not sign in. */
  readonly loginId: undefined
}

/**
 * The caller without a credential.
 * @example
 * ```ts
 * import { anonymous, type Principal } from '@fieldnotes/core/principal'
 *
 * const nameOf = (caller: Principal) => (caller.kind === 'user' ? caller.name : undefined)
 * nameOf(anonymous) // undefined
 * ```
 */
export const anonymous: Anonymous = Object.freeze({ kind: 'anonymous' })
