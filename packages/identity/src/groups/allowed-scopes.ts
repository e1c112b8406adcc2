/** Which scopes the policies of groups allow a person: the union of what they allow, less what any of them denies. */
import type { BrokenPolicy, GroupMode, GroupPolicy } from '@fieldnotes/core/group-policy'
import { frozenSet } from '../principal/frozen-set.ts'

/** Scopes that a caller may use at most; `all` where no policy narrows those of the token. */
export type Allowed = ReadonlySet<string> | 'all'

/** A stored policy, or the entry of one that can't be read. */
export type PolicyEntry = GroupPolicy | BrokenPolicy

/** What no policy allows. */
const none: Allowed = frozenSet([])

/** What holds without a policy. */
const withoutPolicy: Readonly<Record<GroupMode, Allowed>> = { open: 'all', governed: none }

/**
 * The scopes that a person of these groups may use at most. `policies` are all that are stored: those of other groups
 * do not count. Their order does not matter.
 * @example
 * ```ts
 * import { allowedScopes } from '@fieldnotes/identity/allowed-scopes'
 *
 * const policies = [{ group: 'cognito:staff', allow: ['notes:read', 'notes:write'], deny: ['notes:write'] }]
 * allowedScopes(policies, new Set(['cognito:staff']), 'open') // Set { 'notes:read' }
 * allowedScopes(policies, new Set(['cognito:guests']), 'open') // 'all'
 * allowedScopes(policies, new Set(['cognito:guests']), 'governed') // Set {}
 * ```
 */
export function allowedScopes(policies: readonly PolicyEntry[], groups: ReadonlySet<string>, mode: GroupMode): Allowed {
  const own = policies.filter(({ group }) => groups.has(group))
  if (own.length === 0) return withoutPolicy[mode]
  if (own.some(isBroken)) return none
  const readable = own.filter(isReadable)
  return without(new Set(readable.flatMap(({ allow }) => allow)), readable)
}

/**
 * The scopes that a person of an issuer may use whatever their groups are: the least of every possible membership. For
 * credentials that do not say the groups, so that no policy is avoided by them.
 * @example
 * ```ts
 * import { scopesOfUnknownGroups } from '@fieldnotes/identity/allowed-scopes'
 *
 * const policies = [{ group: 'cognito:guests', allow: ['notes:read'], deny: [] }]
 * scopesOfUnknownGroups(policies, 'cognito', 'open') // Set { 'notes:read' }: the person may be a guest
 * scopesOfUnknownGroups(policies, 'firebase', 'open') // 'all'
 * ```
 */
export function scopesOfUnknownGroups(policies: readonly PolicyEntry[], issuer: string, mode: GroupMode): Allowed {
  const possible = policies.filter(({ group }) => group.startsWith(`${issuer}:`))
  if (mode === 'governed') return none
  if (possible.length === 0) return 'all'
  if (possible.some(isBroken)) return none
  const readable = possible.filter(isReadable)
  const [first, ...others] = readable
  const shared = first?.allow.filter((scope) => others.every(({ allow }) => allow.includes(scope))) ?? []
  return without(new Set(shared), readable)
}

function isBroken(entry: PolicyEntry): entry is BrokenPolicy {
  return 'isBroken' in entry
}

function isReadable(entry: PolicyEntry): entry is GroupPolicy {
  return !isBroken(entry)
}

/** A denial always wins. */
function without(scopes: ReadonlySet<string>, policies: readonly GroupPolicy[]): Allowed {
  const denied = new Set(policies.flatMap(({ deny }) => deny))
  return frozenSet([...scopes].filter((scope) => !denied.has(scope)))
}
