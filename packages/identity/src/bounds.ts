/**
 * Every limit of the package: `defaultBounds` can be changed through `createIdentity({ bounds })`, the others can't.
 */

/** Limits that a service may change. */
export const defaultBounds = {
  /** Longest bearer token that is parsed, in characters. */
  tokenCharsMax: 8192,
  /** Deepest nesting of a token's JSON and of a key set. */
  jsonDepthMax: 16,
  /**
   * Seconds that `iat`, `nbf` and `auth_time` may be ahead of the service's clock, and `auth_time` ahead of `iat`.
   * `exp` has no grace. A revocation with an instant may miss accepted sign-ins of as many seconds.
   */
  aheadSecondsMax: 10,
  /**
   * Longest `exp - iat` in seconds, for an issuer without its own `lifetimeSecondsMax`. It is one hour and one minute,
   * because some issuers set `iat` a few seconds back.
   */
  lifetimeSecondsMax: 3660,
  /** Longest DPoP proof that is parsed, in characters. */
  proofCharsMax: 4096,
  /** Seconds after its `iat` for which a DPoP proof is accepted (RFC 9449 §11.1). */
  proofAgeSecondsMax: 300,
  /** Seconds that `iat` of a DPoP proof may be ahead: it has the clock of the client. */
  proofAheadSecondsMax: 60,
  /** Most groups in one token. A token with more is refused. The list is never shortened. */
  groupsMax: 100,
  /** Verified tokens that one process remembers. */
  verifiedTokensMax: 2000,
  /**
   * Seconds before a key set is fetched again. A key that the issuer removed is trusted for no longer than this; for as
   * long again, if the issuer removed all keys: a set without usable keys counts as an outage until it has stayed as
   * long.
   */
  keysFreshSecondsMax: 300,
  /** Further seconds that a key set is used while its server fails. */
  keysStaleSecondsMax: 3600,
  /** Fewest seconds between two fetches that an unknown `kid` causes. */
  keysCooldownSeconds: 10,
  /** Fewest seconds between two fetches while the key server fails. */
  keysRetrySeconds: 2,
  /** Longest fetch of a key set, headers and body together, in milliseconds. */
  keysFetchMillisMax: 3000,
  /** Largest key set, in bytes after decompression. */
  keysBytesMax: 262_144,
  /** Most keys in one key set. A larger set is not used. */
  keysMax: 64,
  /** Longest account check, in milliseconds. */
  onlineCheckMillisMax: 5000,
}

/** The limits in force: the defaults with a service's own values over them. */
export type Bounds = Readonly<typeof defaultBounds>

/** Limits that no setting changes. */
export const fixedBounds = {
  /** `sub`, `jti`, `kid` and `client_id`, in characters. */
  identifierCharsMax: 128,
  /** A token that is no JWT, in characters. */
  opaqueCharsMax: 512,
  /** Actors in the delegation chain of a token (`act`). */
  actorsMax: 3,
  /** One group, in characters. */
  groupCharsMax: 128,
  /** A person's name, in characters (code points). */
  nameCharsMax: 80,
  /** An e-mail address, in characters (RFC 5321 §4.5.3.1.3). */
  emailCharsMax: 254,
  /**
   * Seconds for which a used proof is remembered after the last instant at which it would be accepted: the clocks of
   * two processes may differ by as much.
   */
  proofClocksSecondsMax: 60,
  /** RSA modulus, in bits (RFC 7518 §3.3). Larger keys cost too much to verify with. */
  rsaBitsMin: 2048,
  rsaBitsMax: 4096,
} as const

/** Limits of the copy of the policies of groups that each process keeps. */
export const groupPolicyBounds = {
  /** Seconds for which a copy is used. With the read, a changed policy is in force in every process within 30. */
  freshSeconds: 20,
  /** Most policies of one copy: the 500 that may be stored, and room for operators who write at the same time. */
  policiesMax: 600,
  /** Longest read of the policies, in milliseconds. */
  readMillisMax: 2000,
  /** Fewest seconds between a read that failed and the next one. */
  retrySeconds: 1,
} as const

/** Limits of the look-up of tokens that are no JWTs (`introspect`). */
export const introspectionBounds = {
  /** Seconds for which a result is used. A token that its issuer ends is refused in every process within this time. */
  freshSeconds: 5,
  /** Longest look-up, in milliseconds. */
  readMillisMax: 2000,
  /** Fewest seconds between a look-up of one token that failed and the next one. */
  retrySeconds: 1,
  /** Tokens that one process remembers; as many others, for which there is no principal. */
  tokensMax: 2000,
} as const

/** Limits of the copy of the revocation list that each process keeps. */
export const revocationBounds = {
  /** Seconds for which a copy is used. A revocation takes effect in every process within this time. */
  freshSeconds: 5,
  /** Longest read of the list, in milliseconds. */
  readMillisMax: 2000,
  /** Fewest seconds between a read that failed and the next one. */
  retrySeconds: 1,
} as const
