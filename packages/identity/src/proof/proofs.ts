/**
 * Tokens that are bound to a key (DPoP, RFC 9449): the sender proves with each request that it holds the key. What the
 * host says of a request, and how it remembers proofs.
 */
import type { Algorithm } from '../token/token-profile.ts'

/** Accepted signature algorithms of proofs (RFC 9449 §5.1): those that our own issuer announces. */
export const proofAlgorithms: readonly Algorithm[] = ['ES256']

/** A proof that has passed every other check. */
export interface UsedProof {
  /** SHA-256 thumbprint of its key (RFC 7638): 43 base64url characters. */
  readonly thumbprint: string
  /**
   * Its `jti`: 1 to 128 printable ASCII characters, which the client has chosen. It is unique among those of the key.
   */
  readonly id: string
  /** Seconds since the epoch until which the pair must be remembered: at most 420 s ahead with the default bounds. */
  readonly until: number
}

/**
 * Whether this is the first use of a proof. Of simultaneous calls with one thumbprint and id, in all processes, exactly
 * one may return `true`: use one conditional write. A rejection is UNAVAILABLE.
 */
export type ConsumeProof = (proof: UsedProof) => Promise<boolean>

/** How proofs are accepted. */
export interface Proofs {
  /**
   * Uses up a proof, after every other check. `elsewhere` accepts a proof again and again: say so only where each
   * request is also judged by another process that consumes its proof, as at a gateway in front of it.
   */
  readonly consume: ConsumeProof | 'elsewhere'
}

/** What a proof is compared with. None of it may come from a header. */
export interface Presentation {
  /** The method of the request, in upper case. Without it no proof is accepted. */
  readonly method?: string
  /** The path of the request. It is joined to the origin of `resource`. Default: the path of `resource`. */
  readonly path?: string
  /** The configured URL of the request, where it is at another origin than `resource`. `path` is then not read. */
  readonly url?: string
  /**
   * SHA-256 thumbprint (RFC 7638) of a key that the sender has proved to hold, by a proof that the host has verified
   * itself. A token that is bound to this key is then accepted as a bearer token, as at the token endpoint of an OAuth
   * server.
   */
  readonly provenKey?: string
}
