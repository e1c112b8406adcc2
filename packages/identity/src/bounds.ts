/** Every number of the package. Override some of them through `createIdentity({ bounds })`. */
export const defaultBounds = {
  /** Longest bearer token looked at, in characters. */
  tokenCharsMax: 8192,
  /** Deepest nesting of a token's JSON. */
  jsonDepthMax: 16,
  /** How far `iat`, `nbf` and `auth_time` may be ahead of our clock. `exp` has no grace. */
  aheadSecondsMax: 10,
  /** Longest `exp - iat` of a row that does not say: an hour, and a minute because some issuers date `iat` back. */
  lifetimeSecondsMax: 3660,
  /** Most groups of one token; above it the token is refused, not cut. */
  groupsMax: 100,
  /** Verified tokens remembered. */
  verifiedTokensMax: 2000,
  /** How long a key set is believed unasked: the longest life of a removed key while its server answers. */
  keysFreshSecondsMax: 300,
  /** How much longer, while its server does not answer. */
  keysStaleSecondsMax: 3600,
  /** Least time between two fetches for the sake of an unknown `kid`. */
  keysCooldownSeconds: 10,
  /** Least time between two fetches while the key server fails. */
  keysRetrySeconds: 2,
  /** Longest fetch of a key set, headers and body together. */
  keysFetchMillisMax: 3000,
  /** Largest key set read. */
  keysBytesMax: 262_144,
  /** Most keys in one set; above it the set is not believed. */
  keysMax: 64,
  /** Longest online check. */
  onlineCheckMillisMax: 5000,
}

export type Bounds = Readonly<typeof defaultBounds>
