/** Checks of the claims that every issuer's tokens have in common (RFC 7519 §4.1, RFC 8725 §3). */
import type { Bounds } from '../bounds.ts'
import { refuse } from '../refusals.ts'
import { isPrintableAscii } from './printable-ascii.ts'
import { isJsonObject, type JsonObject } from './strict-json.ts'
import type { ClaimRule, TokenProfile } from './token-profile.ts'

const thumbprint = /^[\w-]{43}$/

/** The time of the check and the limits that apply to it. */
export interface Moment {
  /** Seconds since the epoch, with fraction. */
  readonly now: number
  /** Longest `exp - iat` of this issuer. */
  readonly lifetimeSecondsMax: number
  readonly bounds: Bounds
}

/**
 * Checks the types of claims. It runs before the signature is verified, so that a malformed token never causes a fetch
 * of keys.
 * @throws UNAUTHENTICATED with the first reason
 */
export function assertForm(claims: JsonObject): void {
  assertAll(formRules, claims)
}

/** Checks the values of claims whose signature is verified. @throws UNAUTHENTICATED with the first reason */
export function assertClaims(claims: JsonObject, profile: TokenProfile, moment: Moment): void {
  assertAll(profile.rules, claims)
  assertAll(timeRules(moment), claims)
}

function assertAll(rules: readonly ClaimRule[], claims: JsonObject): void {
  for (const [reason, holds] of rules) if (!holds(claims)) refuse(reason)
}

function absent(claim: unknown): boolean {
  return claim === undefined
}

/** A NumericDate (RFC 7519 §2) in whole seconds, as all supported issuers write it. */
export function isTime(claim: unknown): boolean {
  return Number.isSafeInteger(claim) && Number(claim) >= 0
}

function isText(claim: unknown): boolean {
  return typeof claim === 'string'
}

/** A binding by the SHA-256 thumbprint of a key (RFC 9449 §6.1). A second method would go unchecked. */
function isThumbprint(cnf: unknown): boolean {
  if (!isJsonObject(cnf) || Object.keys(cnf).length !== 1) return false
  return typeof cnf.jkt === 'string' && thumbprint.test(cnf.jkt)
}

const formRules: readonly ClaimRule[] = [
  ['exp_invalid', ({ exp }) => isTime(exp)],
  ['iat_invalid', ({ iat }) => isTime(iat)],
  ['nbf_invalid', ({ nbf }) => absent(nbf) || isTime(nbf)],
  ['auth_time_invalid', ({ auth_time }) => absent(auth_time) || isTime(auth_time)],
  ['subject_invalid', ({ sub }) => isPrintableAscii(sub)],
  ['token_id_invalid', ({ jti }) => absent(jti) || isPrintableAscii(jti)],
  ['audience_wrong', ({ aud }) => absent(aud) || isText(aud) || (Array.isArray(aud) && aud.every(isText))],
  ['scope_invalid', ({ scope }) => absent(scope) || isText(scope)],
  ['sender_constrained', ({ cnf }) => absent(cnf) || isThumbprint(cnf)],
]

/** Requires checked types: then an absent claim is `NaN`, and every comparison with it is false. */
function timeRules({ now, lifetimeSecondsMax, bounds }: Moment): readonly ClaimRule[] {
  const latest = now + bounds.aheadSecondsMax
  return [
    ['expired', ({ exp }) => now < Number(exp)],
    ['issued_ahead', ({ iat }) => Number(iat) <= latest],
    ['not_yet_valid', ({ nbf }) => absent(nbf) || Number(nbf) <= latest],
    ['lifetime_not_positive', ({ exp, iat }) => Number(exp) > Number(iat)],
    ['lifetime_too_long', ({ exp, iat }) => Number(exp) - Number(iat) <= lifetimeSecondsMax],
    ['signed_in_ahead', ({ auth_time }) => absent(auth_time) || Number(auth_time) <= latest],
    [
      'auth_time_invalid',
      ({ auth_time, iat }) => absent(auth_time) || Number(auth_time) <= Number(iat) + bounds.aheadSecondsMax,
    ],
  ]
}
