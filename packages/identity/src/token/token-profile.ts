/** What the tokens of one issuer must look like, and where they carry the caller's data. */
import type { Refusal } from '../refusals.ts'
import type { JsonObject } from './strict-json.ts'

/** The supported signature algorithms (RFC 7518 §3.1). */
export type Algorithm = 'RS256' | 'ES256'

/** A claim rule: the reason of its refusal, and whether the claims fulfil it. */
export type ClaimRule = readonly [Refusal, (claims: JsonObject) => boolean]

/** The checks and the reader for one issuer's tokens. */
export interface TokenProfile {
  /** Accepted `iss` values. The first one is part of a person's id. */
  readonly issuers: readonly [string, ...string[]]
  readonly algorithms: readonly Algorithm[]
  /** Accepted `typ` values in lower case (RFC 7515 §4.1.9); `undefined` where a token may have no `typ`. */
  readonly types: readonly (string | undefined)[]
  /** The `aud` that the signature check requires; `null` where tokens name a client instead. */
  readonly audience: string | null
  readonly rules: readonly ClaimRule[]
  /** Reads the caller's data from verified claims. */
  readonly read: (claims: JsonObject) => CallerClaims
}

/** The caller's data in a verified token, not parsed yet. */
export interface CallerClaims {
  readonly clientId: string | undefined
  /** Whether the caller is a client that acts for itself (RFC 6749 §4.4). */
  readonly isService: boolean
  readonly scope: unknown
  /** The API's scopes for a token without `scope`. */
  readonly defaultScopes: readonly string[]
  readonly groups: unknown
  readonly name: unknown
  /** A person's id, where the issuer knows it. Absent where it is derived from issuer and subject. */
  readonly personId?: string
  /** Names the sign-in. Absent where the issuer does not name it. */
  readonly loginId?: unknown
  /** The claim `act` (RFC 8693 §4.1). Absent where the issuer is not believed to delegate. */
  readonly actor?: unknown
  /** Whether the client belongs to another party than the product: the issuer's row does not list it. */
  readonly thirdParty: boolean
}
