/** Tokens that were verified, so that the next request with the same one costs a look-up. Bounded; only verified tokens enter. */
import type { Service, User } from '@fieldnotes/core/principal'
import type { Key } from '../keys/key.ts'
import type { KeySet } from '../keys/key-set.ts'

export interface Verified {
  readonly token: string
  readonly principal: User | Service
  readonly key: Key
  readonly keys: KeySet
}

export interface VerifiedTokens {
  /** By the exact text. The caller judges whether time and keys still agree. */
  readonly get: (token: string) => Verified | undefined
  readonly add: (verified: Verified) => void
}

/**
 * Found by the end of the signature and then compared in full: hashing all of a token costs ten times as much as comparing it.
 * Two tokens with one end would take each other's place, never each other's principal.
 */
export function createVerifiedTokens(tokensMax: number): VerifiedTokens {
  const tokens = new Map<string, Verified>()
  return {
    get(token) {
      const found = tokens.get(endOf(token))
      return found?.token === token ? found : undefined
    },
    add(verified) {
      const end = endOf(verified.token)
      tokens.delete(end)
      const [oldest] = tokens.keys()
      if (tokens.size >= tokensMax && oldest !== undefined) tokens.delete(oldest)
      tokens.set(end, verified)
    },
  }
}

/** 192 bits of the signature. */
function endOf(token: string): string {
  return token.slice(-32)
}
