/** A compact JWS taken apart strictly (RFC 7515 §3.1, §5.2), before any library sees it. Nothing here is verified yet. */
import { refuse } from './refusal.ts'
import { type JsonObject, parseStrictJson } from './strict-json.ts'

export interface CompactJws {
  readonly header: JsonObject
  readonly claims: JsonObject
}

const segments = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/

/** Last characters whose unused bits are zero, by length modulo 4: any other spelling decodes to the same bytes. */
const canonicalEnd = [/[A-Za-z0-9_-]$/, /(?!)/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const

/** @throws UNAUTHENTICATED unless it is the one canonical spelling of two JSON objects and a signature. */
export const parseCompactJws = (token: string, jsonDepthMax: number): CompactJws => {
  const [, header, claims, signature] = segments.exec(token) ?? []
  if (header === undefined || claims === undefined || signature === undefined) return refuse('token_malformed')
  if (![header, claims, signature].every(isCanonical)) return refuse('base64url_not_canonical')
  return { header: parseSegment(header, jsonDepthMax), claims: parseSegment(claims, jsonDepthMax) }
}

const isCanonical = (segment: string): boolean => canonicalEnd[segment.length % 4]?.test(segment) === true

const parseSegment = (segment: string, depthMax: number): JsonObject =>
  parseStrictJson(Buffer.from(segment, 'base64url'), depthMax)
