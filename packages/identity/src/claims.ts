/** The claims that every token owes, whoever issued it (RFC 7519 §4.1, RFC 8725 §3). */
import type { Bounds } from './bounds.ts'
import { isPlain } from './plain.ts'
import type { ClaimRule, Profile } from './profile.ts'
import { refuse } from './refusal.ts'
import type { JsonObject } from './strict-json.ts'

export interface Moment {
  /** Seconds since the epoch, with fraction. */
  readonly now: number
  readonly lifetimeSecondsMax: number
  readonly bounds: Bounds
}

/** Judges all claims in one order. @throws UNAUTHENTICATED with the first reason */
export const assertClaims = (claims: JsonObject, profile: Profile, moment: Moment): void => {
  for (const [reason, holds] of [...timeRules(moment), ...callerRules, ...profile.rules]) {
    if (!holds(claims)) refuse(reason)
  }
}

/** Not a number unless it is whole seconds since the epoch, so that every comparison with it is false. */
const seconds = (claim: unknown): number =>
  Number.isSafeInteger(claim) && Number(claim) >= 0 ? Number(claim) : Number.NaN

const timeRules = ({ now, lifetimeSecondsMax, bounds }: Moment): readonly ClaimRule[] => {
  const latest = now + bounds.aheadSecondsMax
  return [
    ['exp_invalid', ({ exp }) => seconds(exp) >= 0],
    ['iat_invalid', ({ iat }) => seconds(iat) >= 0],
    ['expired', ({ exp }) => now < seconds(exp)],
    ['issued_ahead', ({ iat }) => seconds(iat) <= latest],
    ['not_yet_valid', ({ nbf }) => nbf === undefined || seconds(nbf) <= latest],
    ['lifetime_not_positive', ({ exp, iat }) => seconds(exp) > seconds(iat)],
    ['lifetime_too_long', ({ exp, iat }) => seconds(exp) - seconds(iat) <= lifetimeSecondsMax],
    [
      'auth_time_invalid',
      ({ auth_time, iat }) =>
        auth_time === undefined || seconds(auth_time) <= Math.min(latest, seconds(iat) + bounds.aheadSecondsMax),
    ],
  ]
}

const callerRules: readonly ClaimRule[] = [
  ['subject_invalid', ({ sub }) => isPlain(sub)],
  ['token_id_invalid', ({ jti }) => jti === undefined || isPlain(jti)],
  ['sender_constrained', ({ cnf }) => cnf === undefined],
]
