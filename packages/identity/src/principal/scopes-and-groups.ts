/** Scopes and groups of a believed token, in our words. */

import { refuse } from '../refusals.ts'
import { frozenSet } from './frozen-set.ts'

/** Expects text or nothing. Our scopes for the issuer's (RFC 6749 §3.3: words between single spaces, exact). What the table does not list is dropped. */
export function parseScopes(
  claim: unknown,
  table: ReadonlyMap<string, readonly string[]>,
  whenAbsent: readonly string[],
): ReadonlySet<string> {
  if (claim === undefined) return frozenSet(whenAbsent)
  return frozenSet(
    String(claim)
      .split(' ')
      .flatMap((scope) => table.get(scope) ?? []),
  )
}

/** `issuer:group`. Too many is a refusal: cut, they would say something else. */
export function parseGroups(claim: unknown, issuer: string, groupsMax: number): ReadonlySet<string> {
  if (claim === undefined) return frozenSet([])
  if (!Array.isArray(claim)) return refuse('groups_invalid')
  if (claim.length > groupsMax) return refuse('groups_too_many')
  return frozenSet(claim.map((group) => (isGroup(group) ? `${issuer}:${group}` : refuse('groups_invalid'))))
}

/** 1 to 128 characters, none of them a control. */
function isGroup(group: unknown): group is string {
  return typeof group === 'string' && /^[^\p{C}]{1,128}$/u.test(group)
}
