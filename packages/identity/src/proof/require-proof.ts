/** Whether a verified token was sent as its binding requires (RFC 9449 §7). */
import type { Service, User } from '@fieldnotes/core/principal'
import type { Bounds } from '../bounds.ts'
import { refuse, refuseProof, unavailable, undecided } from '../refusals.ts'
import type { Headers, Scheme } from '../token/authorization.ts'
import { judgeProof } from './judge-proof.ts'
import { parseProof } from './parse-proof.ts'
import { targetAt } from './proof-target.ts'
import type { ConsumeProof, Presentation, Proofs, UsedProof } from './proofs.ts'

/** What `createRequireProof` needs. */
export interface RequireProofOptions {
  /** Undefined: no token that is bound to a key is accepted. */
  readonly proofs: Proofs | undefined
  /** This API's identifier, at whose origin requests arrive. */
  readonly resource: string
  readonly bounds: Bounds
  /** Returns seconds since the epoch, with fraction. */
  readonly now: () => number
}

/** A verified token, and the request that has it. */
export interface PresentedToken {
  readonly principal: User | Service
  readonly token: string
  readonly headers: Headers
  readonly presentation: Presentation
}

/** The checks of tokens that are bound to a key. */
export interface RequireProof {
  /** The schemes that are accepted for a request. */
  readonly schemesFor: (presentation: Presentation) => readonly Scheme[]
  /** Judges the proof of a token that was sent with the scheme DPoP. @throws UNAUTHENTICATED */
  readonly judge: (presented: PresentedToken) => UsedProof
  /** Uses up a proof. @throws UNAUTHENTICATED for one that was used; UNAVAILABLE when that can't be decided */
  readonly consume: (proof: UsedProof) => Promise<void>
}

const bearer: readonly Scheme[] = ['Bearer']
const both: readonly Scheme[] = ['Bearer', 'DPoP']

/** Builds the checks. */
export function createRequireProof({ proofs, resource, bounds, now }: RequireProofOptions): RequireProof {
  return {
    schemesFor: ({ method }) => (proofs && method !== undefined ? both : bearer),
    judge({ principal: { boundTo }, token, headers, presentation: { method = '', path, url } }) {
      if (boundTo === undefined) return refuse('not_sender_constrained')
      const expected = {
        method,
        target: url === undefined ? targetAt(resource, path) : targetAt(url),
        token,
        boundTo,
        now: now(),
        bounds,
      }
      return judgeProof(parseProof(headers, bounds), expected)
    },
    async consume(proof) {
      if (proofs === undefined || proofs.consume === 'elsewhere') return
      const isFirst = await attempt(proofs.consume, proof)
      if (isFirst === false) refuseProof('proof_used')
      if (isFirst !== true) unavailable('proofs_unavailable')
    },
  }
}

/** @throws UNAVAILABLE */
async function attempt(consume: ConsumeProof, proof: UsedProof): Promise<boolean> {
  try {
    return await consume(proof)
  } catch (error) {
    return undecided('proofs_unavailable', error)
  }
}

/**
 * Refuses a token that is bound to a key and was sent as a bearer token (RFC 9449 §7.2), unless the sender has proved
 * that it holds the key in another way.
 * @throws UNAUTHENTICATED
 */
export function assertBearer({ boundTo }: User | Service, { provenKey }: Presentation): void {
  if (boundTo === undefined || boundTo === provenKey) return
  refuse(provenKey === undefined ? 'sender_constrained' : 'proof_key_other')
}
