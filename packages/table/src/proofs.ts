/** DPoP proofs at a resource (RFC 9449 §11.1): each is used once, in all processes together. */
import { proofKey } from './access-keys.ts'
import { digestOf } from './digest.ts'
import { ConditionFailed, LostAnswer } from './failures.ts'
import { seconds } from './instants.ts'
import type { Table } from './table.ts'

/** A proof that is to be used up, as `identity` describes it. */
export interface ProofUse {
  /** SHA-256 thumbprint of its key: 43 base64url characters. */
  readonly thumbprint: string
  /** Its `jti`, which the client has chosen: only a digest is stored. */
  readonly id: string
  /** Seconds since the epoch until which it is remembered. */
  readonly until: number
}

/**
 * Whether this is the first use of a proof, by one conditional write. `now` is in milliseconds since the epoch.
 * @throws UNAVAILABLE when the table is out of reach; and for a proof that an attempt without an answer may have used
 */
export async function useProof(
  table: Pick<Table, 'write'>,
  { thumbprint, id, until }: ProofUse,
  now: number,
): Promise<boolean> {
  const put = { ...proofKey(thumbprint, digestOf(id)), expiresAt: until }
  try {
    await table.write({ put, when: [[['absent', 'pk']], [['<=', 'expiresAt', seconds(now)]]] })
    return true
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    if (error.lost) throw new LostAnswer('a write without an answer, and a used proof', error.lost)
    return false
  }
}
