/** Which cells of the permission matrix change with the policies of groups. */
import type { GroupMode } from '@fieldnotes/core/group-policy'
import type { User } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import {
  type Allowed,
  allowedScopes,
  type PolicyEntry,
  scopesOfUnknownGroups,
} from '@fieldnotes/identity/allowed-scopes'
import { type Kinds, type Matrix, matrixOf } from '@fieldnotes/policy/matrix'
import { type Change, changesBetween } from '@fieldnotes/policy/matrix-diff'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { rules } from '../src/rules.ts'

/** The policies before and after a change of the policy of one group. */
export interface PolicyChange {
  /** `issuer:group`. */
  readonly group: string
  readonly mode: GroupMode
  readonly before: readonly PolicyEntry[]
  readonly after: readonly PolicyEntry[]
  /** Every scope of the API. */
  readonly scopes: readonly string[]
}

export type { Change }

/** The columns: people whose token has every scope, by how their groups are known. */
const columns = {
  /** In this group alone. */
  'in the group': ({ group, mode }: PolicyChange, policies: readonly PolicyEntry[]) =>
    allowedScopes(policies, new Set([group]), mode),
  /** Signed requests (SigV4), which do not say the groups. */
  'signed request': ({ group, mode }: PolicyChange, policies: readonly PolicyEntry[]) =>
    scopesOfUnknownGroups(policies, group.slice(0, group.indexOf(':')), mode),
} as const

/**
 * Every cell that changes for a person of the group, and for a signed request of any person of its issuer. A person of
 * further groups has what these allow too.
 */
export function changesOfPolicy(change: PolicyChange): readonly Change[] {
  return changesBetween(matrixUnder(change, change.before), matrixUnder(change, change.after))
}

/** The scopes that a person of this group alone has under these policies, of all scopes of the API. */
export function scopesUnder({ group, mode, scopes }: PolicyChange, policies: readonly PolicyEntry[]) {
  return kept(scopes, allowedScopes(policies, new Set([group]), mode))
}

function kept(scopes: readonly string[], allowed: Allowed): readonly string[] {
  return allowed === 'all' ? scopes : scopes.filter((scope) => allowed.has(scope))
}

function matrixUnder(change: PolicyChange, policies: readonly PolicyEntry[]): Matrix {
  const [issuer = ''] = change.group.split(':', 1)
  const person = (allowed: Allowed): User =>
    sampleUser({ issuer, groups: new Set([change.group]), scopes: new Set(kept(change.scopes, allowed)) })
  const kinds: Kinds = Object.fromEntries(
    Object.entries(columns).map(([name, allowedIn]) => [name, person(allowedIn(change, policies))]),
  )
  return matrixOf(unguardedSchema(), rules, kinds)
}
