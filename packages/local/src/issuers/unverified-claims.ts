/** Claims of a token as they are written, without a check of its signature: the API verifies it. */
import { decodeJwt } from 'jose'

/** What a command reads of a token before it sends it. */
export interface UnverifiedClaims {
  readonly iss?: string | undefined
  readonly aud?: string | string[] | undefined
  readonly azp?: unknown
  readonly client_id?: unknown
  /** Seconds since 1970. */
  readonly exp?: number | undefined
}

/** Returns the claims; undefined for a text that is no JWT. */
export function unverifiedClaims(text: string): UnverifiedClaims | undefined {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return undefined
  try {
    return decodeJwt(text)
  } catch {
    return undefined
  }
}
