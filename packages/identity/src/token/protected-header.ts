/** Checks of a JOSE header (RFC 7515 §4, RFC 8725 §3.1, §3.10, §3.11). */
import { refuse } from '../refusals.ts'
import { isPrintableAscii } from './printable-ascii.ts'
import type { JsonObject } from './strict-json.ts'
import type { TokenProfile } from './token-profile.ts'

/**
 * Members that change what is signed, contain a key, or contain the URL of a key. None is supported, so none is
 * accepted.
 */
export const forbiddenMembers = ['crit', 'b64', 'jwk', 'jku', 'x5u', 'x5c', 'zip', 'enc', 'cty'] as const

/** Returns the `kid` of a good header. @throws UNAUTHENTICATED */
export function assertHeader(header: JsonObject, profile: TokenProfile): string {
  if (forbiddenMembers.some((member) => Object.hasOwn(header, member))) refuse('header_member_forbidden')
  if (!profile.algorithms.some((algorithm) => algorithm === header.alg)) refuse('header_alg_unexpected')
  if (!profile.types.includes(typeOf(header))) refuse('header_typ_unexpected')
  return isPrintableAscii(header.kid) ? header.kid : refuse('header_kid_invalid')
}

/**
 * The `typ` of a header in lower case: media types ignore case (RFC 7515 §4.1.9). One that is not a string is an
 * unknown type, not a missing one.
 */
export function typeOf({ typ }: JsonObject): string | undefined {
  if (typ === undefined) return undefined
  return typeof typ === 'string' ? typ.toLowerCase() : ''
}
