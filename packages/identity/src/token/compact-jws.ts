/** A compact JWS taken apart strictly (RFC 7515 §3.1, §5.2), before any library sees it. Nothing here is verified yet. */
import { refuse } from '../refusals.ts'
import { type JsonObject, parseStrictJson } from './strict-json.ts'

export interface CompactJws {
  readonly header: JsonObject
  readonly claims: JsonObject
}

const segments = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** @throws UNAUTHENTICATED unless it is the one canonical spelling of two JSON objects and a signature. */
export function parseCompactJws(token: string, jsonDepthMax: number): CompactJws {
  if (!segments.test(token)) return refuse('token_malformed')
  const [header, claims, signature] = token.split('.') as [string, string, string]
  decode(signature)
  return {
    header: parseStrictJson(decode(header), jsonDepthMax),
    claims: parseStrictJson(decode(claims), jsonDepthMax),
  }
}

/** Unused bits that are not zero would spell the same bytes otherwise (RFC 4648 §3.5). */
function decode(segment: string): Buffer {
  const bytes = Buffer.from(segment, 'base64url')
  return bytes.toString('base64url') === segment ? bytes : refuse('base64url_not_canonical')
}
