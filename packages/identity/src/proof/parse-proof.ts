/** Strict parser of a DPoP proof (RFC 9449 §4.2): its form and its key. It verifies no signature. */
import type { Bounds } from '../bounds.ts'
import { type PublicKey, parsePublicKey } from '../keys/key.ts'
import { refuseProof } from '../refusals.ts'
import { type Headers, singleHeader } from '../token/authorization.ts'
import { type CompactJws, parseCompactJws } from '../token/compact-jws.ts'
import { forbiddenMembers, typeOf } from '../token/protected-header.ts'
import type { JsonObject } from '../token/strict-json.ts'
import { proofAlgorithms } from './proofs.ts'

/** A proof of good form. */
export interface ParsedProof {
  readonly text: string
  readonly claims: JsonObject
  /** The key that the proof names. Its signature must match it. */
  readonly key: PublicKey
}

const headerRefusals = { repeated: 'proof_repeated', malformed: 'proof_malformed' } as const

/** `jwk` is what a proof needs, and what an access token must not have. */
const forbidden = forbiddenMembers.filter((member) => member !== 'jwk')

/** @throws UNAUTHENTICATED unless there is exactly one `DPoP` header with a proof of good form */
export function parseProof(headers: Headers, { proofCharsMax, jsonDepthMax }: Bounds): ParsedProof {
  const text = singleHeader(headers, 'dpop', headerRefusals)
  if (text === undefined) return refuseProof('proof_missing')
  if (text.length > proofCharsMax) return refuseProof('proof_too_long')
  const { header, claims } = parseJws(text, jsonDepthMax)
  if (!isProofHeader(header)) return refuseProof('proof_header_invalid')
  const key = parsePublicKey(header.jwk, proofAlgorithms)
  return key && key.algorithm === header.alg ? { text, claims, key } : refuseProof('proof_key_invalid')
}

function parseJws(text: string, jsonDepthMax: number): CompactJws {
  try {
    return parseCompactJws(text, jsonDepthMax)
  } catch {
    return refuseProof('proof_malformed')
  }
}

function isProofHeader(header: JsonObject): boolean {
  if (typeOf(header) !== 'dpop+jwt') return false
  if (forbidden.some((member) => Object.hasOwn(header, member))) return false
  return proofAlgorithms.some((algorithm) => algorithm === header.alg)
}
