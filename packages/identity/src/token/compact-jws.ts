/**
 * Strict parser of a compact JWS (RFC 7515 §3.1, §5.2). It runs before any library sees the token. It verifies no
 * signature.
 */
import { refuse } from '../refusals.ts'
import { type JsonObject, parseStrictJson } from './strict-json.ts'

/** The two JSON objects of a token, not verified. */
export interface CompactJws {
  readonly header: JsonObject
  readonly claims: JsonObject
}

const segments = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** @throws UNAUTHENTICATED unless the text is the one canonical encoding of two JSON objects and a signature. */
export function parseCompactJws(token: string, jsonDepthMax: number): CompactJws {
  if (!segments.test(token)) return refuse('token_malformed')
  const [header, claims, signature] = token.split('.') as [string, string, string]
  decode(signature)
  return {
    header: parseStrictJson(decode(header), jsonDepthMax),
    claims: parseStrictJson(decode(claims), jsonDepthMax),
  }
}

/** Unused bits must be zero (RFC 4648 §3.5). Otherwise one token would have several texts. */
function decode(segment: string): Buffer {
  const bytes = Buffer.from(segment, 'base64url')
  return bytes.toString('base64url') === segment ? bytes : refuse('base64url_not_canonical')
}
