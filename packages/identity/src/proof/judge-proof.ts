/** Compares a DPoP proof with its request and its token, and verifies its signature (RFC 9449 §4.3). */
import { createHash, verify } from 'node:crypto'
import { type Bounds, fixedBounds } from '../bounds.ts'
import { type ProofRefusal, refuseProof } from '../refusals.ts'
import { isTime } from '../token/claims.ts'
import { isPrintableAscii } from '../token/printable-ascii.ts'
import type { ParsedProof } from './parse-proof.ts'
import { targetOf } from './proof-target.ts'
import type { UsedProof } from './proofs.ts'

/** What the proof must say. */
export interface ExpectedProof {
  readonly method: string
  /** The configured URL of what was requested, normalised. */
  readonly target: string
  readonly token: string
  /** Thumbprint of the key to which the token is bound. */
  readonly boundTo: string
  /** Seconds since the epoch, with fraction. */
  readonly now: number
  readonly bounds: Bounds
}

type ProofRule = readonly [ProofRefusal, (proof: ParsedProof, expected: ExpectedProof) => boolean]

/** The cheap comparisons come first, and the signature last. `nonce` is not read, because none is ever given. */
const rules: readonly ProofRule[] = [
  ['proof_id_invalid', ({ claims }) => isPrintableAscii(claims.jti)],
  ['proof_method_wrong', ({ claims }, { method }) => claims.htm === method],
  ['proof_target_wrong', ({ claims }, { target }) => targetOf(claims.htu) === target],
  ['proof_token_wrong', ({ claims }, { token }) => claims.ath === hashOf(token)],
  ['proof_time_invalid', ({ claims: { iat, nbf = iat, exp = iat } }) => [iat, nbf, exp].every(isTime)],
  [
    'proof_ahead',
    ({ claims: { iat, nbf = iat } }, { now, bounds }) =>
      Math.max(Number(iat), Number(nbf)) <= now + bounds.proofAheadSecondsMax,
  ],
  [
    'proof_stale',
    ({ claims: { iat, exp } }, { now, bounds }) =>
      now - Number(iat) <= bounds.proofAgeSecondsMax && (exp === undefined || now < Number(exp)),
  ],
  ['proof_key_other', ({ key }, { boundTo }) => key.thumbprint === boundTo],
  ['proof_signature_invalid', isSigned],
]

/** Returns what is to be consumed of a good proof. @throws UNAUTHENTICATED with the first reason */
export function judgeProof(proof: ParsedProof, expected: ExpectedProof): UsedProof {
  for (const [reason, holds] of rules) if (!holds(proof, expected)) refuseProof(reason)
  const { claims, key } = proof
  const until = Number(claims.iat) + expected.bounds.proofAgeSecondsMax + fixedBounds.proofClocksSecondsMax
  return { thumbprint: key.thumbprint, id: String(claims.jti), until }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** ES256 (RFC 7518 §3.4): the signature is R and S of 32 bytes each, and not DER. */
function isSigned({ text, key }: ParsedProof): boolean {
  const end = text.lastIndexOf('.')
  const signature = Buffer.from(text.slice(end + 1), 'base64url')
  return verify('sha256', Buffer.from(text.slice(0, end)), { key: key.object, dsaEncoding: 'ieee-p1363' }, signature)
}
