/** Policies of groups: which scopes the people of a group may use. `identity` narrows the scopes of people by them. */

/**
 * The policy of one group, as it is stored. A person keeps the scopes that the policies of their groups allow together,
 * less each one that any of them denies. It says nothing about fields: these have rules.
 */
export interface GroupPolicy {
  /** The group as `issuer:group`, as in `groups` of a principal. */
  readonly group: string
  /** Scopes that people of the group may use. May be empty: they then have none by this policy. */
  readonly allow: readonly string[]
  /** Scopes that people of the group may not use, whatever other policies allow. */
  readonly deny: readonly string[]
}

/** The entry of a group whose policy can't be read: a person of the group has no scopes. */
export interface BrokenPolicy {
  readonly group: string
  readonly isBroken: true
}

/**
 * What holds for a person who is in no group with a policy. `open`: the scopes of the token. `governed`: no scopes.
 * @example
 * ```ts
 * import { groupModes } from '@fieldnotes/core/group-policy'
 *
 * const help = `GROUPS is one of ${groupModes.join(', ')}`
 * ```
 */
export const groupModes = ['open', 'governed'] as const

/** The name of a mode. */
export type GroupMode = (typeof groupModes)[number]

/**
 * Most policies that operators may store. Every process has a copy of all of them.
 * @example
 * ```ts
 * import { groupPoliciesMax } from '@fieldnotes/core/group-policy'
 *
 * const hasRoom = (stored: number) => stored < groupPoliciesMax
 * ```
 */
export const groupPoliciesMax = 500

/**
 * Most scopes in each of the two lists of a policy.
 * @example
 * ```ts
 * import { policyScopesMax } from '@fieldnotes/core/group-policy'
 *
 * const fits = (scopes: readonly string[]) => scopes.length <= policyScopesMax
 * ```
 */
export const policyScopesMax = 20

/** 1 to 64 characters of a scope token (RFC 6749 §3.3). */
const scopeForm = /^[!#-[\]-~]{1,64}$/

/**
 * Whether a value is a list of scopes as a policy has them: at most 20, none of them twice.
 * @example
 * ```ts
 * import { isPolicyScopes } from '@fieldnotes/core/group-policy'
 *
 * isPolicyScopes(['notes:read']) // true
 * isPolicyScopes(['notes:read', 'notes:read']) // false
 * ```
 */
export function isPolicyScopes(value: unknown): value is readonly string[] {
  if (!Array.isArray(value) || value.length > policyScopesMax) return false
  return value.every((scope) => typeof scope === 'string' && scopeForm.test(scope)) && isDistinct(value)
}

function isDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length
}
