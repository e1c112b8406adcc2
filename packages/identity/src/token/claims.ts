/** The claims that every token owes, whoever issued it (RFC 7519 §4.1, RFC 8725 §3). */
import type { Bounds } from '../bounds.ts'
import { refuse } from '../refusals.ts'
import { isPlain } from './printable-ascii.ts'
import type { JsonObject } from './strict-json.ts'
import type { ClaimRule, Profile } from './token-profile.ts'

export interface Moment {
  /** Seconds since the epoch, with fraction. */
  readonly now: number
  readonly lifetimeSecondsMax: number
  readonly bounds: Bounds
}

/** The form of claims, of a token that nobody has verified yet: what is wrong here never makes us ask for a key. @throws UNAUTHENTICATED */
export function assertForm(claims: JsonObject): void {
  assertAll(formRules, claims)
}

/** What verified claims say. @throws UNAUTHENTICATED with the first reason */
export function assertClaims(claims: JsonObject, profile: Profile, moment: Moment): void {
  assertAll(profile.rules, claims)
  assertAll(timeRules(moment), claims)
}

function assertAll(rules: readonly ClaimRule[], claims: JsonObject): void {
  for (const [reason, holds] of rules) if (!holds(claims)) refuse(reason)
}

function absent(claim: unknown): boolean {
  return claim === undefined
}

/** NumericDate (RFC 7519 §2), in whole seconds as all our issuers write it. */
function isTime(claim: unknown): boolean {
  return Number.isSafeInteger(claim) && Number(claim) >= 0
}

function isText(claim: unknown): boolean {
  return typeof claim === 'string'
}

const formRules: readonly ClaimRule[] = [
  ['exp_invalid', ({ exp }) => isTime(exp)],
  ['iat_invalid', ({ iat }) => isTime(iat)],
  ['nbf_invalid', ({ nbf }) => absent(nbf) || isTime(nbf)],
  ['auth_time_invalid', ({ auth_time }) => absent(auth_time) || isTime(auth_time)],
  ['subject_invalid', ({ sub }) => isPlain(sub)],
  ['token_id_invalid', ({ jti }) => absent(jti) || isPlain(jti)],
  ['audience_wrong', ({ aud }) => absent(aud) || isText(aud) || (Array.isArray(aud) && aud.every(isText))],
  ['scope_invalid', ({ scope }) => absent(scope) || isText(scope)],
  ['sender_constrained', ({ cnf }) => absent(cnf)],
]

/** Of claims whose form is judged: an absent one is not a number, and every comparison with it is false. */
function timeRules({ now, lifetimeSecondsMax, bounds }: Moment): readonly ClaimRule[] {
  const latest = now + bounds.aheadSecondsMax
  return [
    ['expired', ({ exp }) => now < Number(exp)],
    ['issued_ahead', ({ iat }) => Number(iat) <= latest],
    ['not_yet_valid', ({ nbf }) => absent(nbf) || Number(nbf) <= latest],
    ['lifetime_not_positive', ({ exp, iat }) => Number(exp) > Number(iat)],
    ['lifetime_too_long', ({ exp, iat }) => Number(exp) - Number(iat) <= lifetimeSecondsMax],
    [
      'auth_time_invalid',
      ({ auth_time, iat }) => absent(auth_time) || Number(auth_time) <= Number(iat) + bounds.aheadSecondsMax,
    ],
  ]
}
