/** What a kind of issuer demands of its tokens. */
import type { Algorithm } from '../issuers/issuer.ts'
import type { Refusal } from '../refusals.ts'
import type { JsonObject } from './strict-json.ts'

/** A claim rule: the reason, and whether the claims hold. Whatever is not as expected does not hold. */
export type ClaimRule = readonly [Refusal, (claims: JsonObject) => boolean]

export interface Profile {
  /** Spellings of `iss`, the first of which makes a person's id. */
  readonly issuers: readonly [string, ...string[]]
  readonly algorithms: readonly Algorithm[]
  /** Lower-cased `typ` values (RFC 7515 §4.1.9); `undefined` where a token may have none. */
  readonly types: readonly (string | undefined)[]
  /** Expected `aud` for the library; `null` where the token names a client instead. */
  readonly audience: string | null
  readonly rules: readonly ClaimRule[]
  /** Where the kind keeps what we want to know. */
  readonly read: (claims: JsonObject) => Facts
}

/** Unparsed, but of a token that is believed. */
export interface Facts {
  readonly clientId: string | undefined
  /** A machine client that acts for itself. */
  readonly service: boolean
  readonly scope: unknown
  /** Our scopes when there is no `scope`. */
  readonly defaultScopes: readonly string[]
  readonly groups: unknown
  readonly name: unknown
}
