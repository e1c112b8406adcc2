/** Tokens that were verified, so that the next request with the same one costs a look-up. Bounded; only verified tokens enter. */
import type { Service, User } from '@fieldnotes/core/principal'
import type { Key } from './key.ts'
import type { KeySet } from './key-set.ts'

export interface Verified {
  readonly principal: User | Service
  readonly key: Key
  readonly keys: KeySet
}

export interface VerifiedTokens {
  /** By the exact text. The caller judges whether time and keys still agree. */
  readonly get: (token: string) => Verified | undefined
  readonly add: (token: string, verified: Verified) => void
}

/** The oldest makes room. */
export const createVerifiedTokens = (tokensMax: number): VerifiedTokens => {
  const tokens = new Map<string, Verified>()
  return {
    get: (token) => tokens.get(token),
    add(token, verified) {
      tokens.delete(token)
      const [oldest] = tokens.keys()
      if (tokens.size >= tokensMax && oldest !== undefined) tokens.delete(oldest)
      tokens.set(token, verified)
    },
  }
}
