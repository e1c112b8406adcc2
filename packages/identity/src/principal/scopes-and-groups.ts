/** Scopes and groups of a verified token, as the API names them. */
import { fixedBounds } from '../bounds.ts'
import { refuse } from '../refusals.ts'
import { frozenSet } from './frozen-set.ts'

/**
 * Translates the issuer's scopes, which are separated by single spaces (RFC 6749 §3.3), by the issuer's table. Scopes
 * that the table does not list are dropped. Requires a string or `undefined`.
 */
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

/**
 * Returns groups as `issuer:group`.
 * @throws UNAUTHENTICATED when there are more than `groupsMax`, because a shortened list could mean other rights
 */
export function parseGroups(claim: unknown, issuer: string, groupsMax: number): ReadonlySet<string> {
  if (claim === undefined) return frozenSet([])
  if (!Array.isArray(claim)) return refuse('groups_invalid')
  if (claim.length > groupsMax) return refuse('groups_too_many')
  return frozenSet(claim.map((group) => (isGroup(group) ? `${issuer}:${group}` : refuse('groups_invalid'))))
}

const groupPattern = new RegExp(`^[^\\p{C}]{1,${fixedBounds.groupCharsMax}}$`, 'u')

/** A group is 1 to 128 characters without control characters. */
function isGroup(group: unknown): group is string {
  return typeof group === 'string' && groupPattern.test(group)
}
