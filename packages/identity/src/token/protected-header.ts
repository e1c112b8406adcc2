/** What a JOSE header may say (RFC 7515 §4, RFC 8725 §3.1, §3.10, §3.11). */

import { refuse } from '../refusals.ts'
import { isPlain } from './printable-ascii.ts'
import type { JsonObject } from './strict-json.ts'
import type { Profile } from './token-profile.ts'

/** Members that change what is signed, bring a key along, or say where to get one. We understand none of them, so none passes. */
const forbidden = ['crit', 'b64', 'jwk', 'jku', 'x5u', 'x5c', 'zip', 'enc', 'cty'] as const

/** The `kid` under which to look. @throws UNAUTHENTICATED */
export function assertHeader(header: JsonObject, profile: Profile): string {
  if (forbidden.some((member) => Object.hasOwn(header, member))) refuse('header_member_forbidden')
  if (!profile.algorithms.some((algorithm) => algorithm === header.alg)) refuse('header_alg_unexpected')
  if (!profile.types.includes(typeOf(header))) refuse('header_typ_unexpected')
  return isPlain(header.kid) ? header.kid : refuse('header_kid_invalid')
}

/** Media types ignore case (RFC 7515 §4.1.9). What is no string is no type at all, and not a missing one. */
function typeOf({ typ }: JsonObject): string | undefined {
  if (typ === undefined) return undefined
  return typeof typ === 'string' ? typ.toLowerCase() : ''
}
