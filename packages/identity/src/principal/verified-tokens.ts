/** Cache of verified tokens: the next request with the same token costs one look-up. Only verified tokens enter it. */
import type { Service, User } from '@fieldnotes/core/principal'
import type { Key } from '../keys/key.ts'
import type { KeySet } from '../keys/key-set.ts'
import { rememberIn } from './bounded-map.ts'

/** A verified token, its principal, and the key that verified it. */
export interface VerifiedToken {
  readonly token: string
  readonly principal: User | Service
  readonly key: Key
  /** The key set that `key` must still be part of. */
  readonly keys: KeySet
}

/** A cache of limited size. */
export interface VerifiedTokens {
  /** Returns the entry of exactly this text. The caller checks expiry and key. */
  readonly get: (token: string) => VerifiedToken | undefined
  readonly add: (verified: VerifiedToken) => void
}

/**
 * Builds a cache of at most `tokensMax` entries; the oldest entry is dropped first. Entries are found by the end of the
 * signature and then compared in full, because hashing a whole token costs ten times as much as comparing it. A token
 * with the same end can replace an entry, but never gets its principal.
 */
export function createVerifiedTokens(tokensMax: number): VerifiedTokens {
  const tokens = new Map<string, VerifiedToken>()
  return {
    get(token) {
      const found = tokens.get(endOf(token))
      return found?.token === token ? found : undefined
    },
    add(verified) {
      rememberIn(tokens, endOf(verified.token), verified, tokensMax)
    },
  }
}

/** 32 base64url characters: 192 bits of the signature. */
function endOf(token: string): string {
  return token.slice(-32)
}
