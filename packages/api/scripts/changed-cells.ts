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

/** Name of the issuer whose people can sign requests. */
const userPoolName = 'cognito'

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

type Policies = readonly PolicyEntry[]

/** What a person may use under these policies. */
type AllowedIn = (change: PolicyChange, policies: Policies) => Allowed

/** A person in this group alone. */
function inGroup({ group, mode }: PolicyChange, policies: Policies): Allowed {
  return allowedScopes(policies, new Set([group]), mode)
}

/** A signed request (SigV4), which does not say the groups. */
function signed({ mode }: PolicyChange, policies: Policies): Allowed {
  return scopesOfUnknownGroups(policies, userPoolName, mode)
}

/** The columns: people whose token has every scope, by how their groups are known. */
function columnsOf(issuer: string): Readonly<Record<string, AllowedIn>> {
  return { 'in the group': inGroup, ...(issuer === userPoolName && { 'signed request': signed }) }
}

/**
 * Every cell that changes for a person of the group, and, for a group of the user pool, for a signed request of any of
 * its people. A person of further groups has what these allow too.
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
    Object.entries(columnsOf(issuer)).map(([name, allowedIn]) => [name, person(allowedIn(change, policies))]),
  )
  return matrixOf(unguardedSchema(), rules, kinds)
}
