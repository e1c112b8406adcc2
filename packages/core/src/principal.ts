/** Who calls. Made in one place (`identity`), frozen, and the only thing that rules may ask about the caller. */
export type Principal = Anonymous | User | Service

/** No credential was presented. A bad credential never ends here: it is refused. */
export interface Anonymous {
  readonly kind: 'anonymous'
}

export interface Known {
  /** Opaque and stable; derived from issuer and subject together, so that one `sub` at two issuers is two people. */
  readonly id: string
  /** The row of the issuer table that vouched for the caller, such as `cognito`. */
  readonly issuer: string
  readonly subject: string
  readonly clientId: string | undefined
  /** Exact scope names, already mapped from the issuer's spelling. */
  readonly scopes: ReadonlySet<string>
  /** `issuer:group`, so that groups of two issuers never meet. */
  readonly groups: ReadonlySet<string>
  /** Seconds since the epoch: when the person last proved who they are, if the issuer says so. */
  readonly authenticatedAt: number | undefined
  readonly tokenId: string | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** A person. */
export interface User extends Known {
  readonly kind: 'user'
  readonly name: string | undefined
  /** Only ever an address that the issuer says is verified. */
  readonly email: string | undefined
}

/** A machine client that acts for itself (OAuth client credentials, RFC 6749 §4.4). */
export interface Service extends Known {
  readonly kind: 'service'
}

/** The caller without a credential. */
export const anonymous: Anonymous = Object.freeze({ kind: 'anonymous' })
