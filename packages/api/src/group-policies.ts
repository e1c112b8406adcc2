/** Narrows the scopes of people by the policies of the table Access. */
import type { GroupMode } from '@fieldnotes/core/group-policy'
import { type AllowedScopes, createGroupPolicies } from '@fieldnotes/identity/group-policies'
import { readGroupPolicies } from '@fieldnotes/table/group-policies'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { RevocationsOptions } from './revocations.ts'

/** Milliseconds after which a read is aborted. The copy gives up at the same time. */
const readMs = 2000

/** Where the policies are, and what holds without one. */
export interface GroupPoliciesSource {
  readonly access?: TableConfig
  /** `open` when undefined. */
  readonly groups?: GroupMode
}

/**
 * Builds the check for `createIdentity`; undefined without a table Access, which only configurations that are written
 * by hand lack. It reads nothing before the first person with groups.
 * @throws Error for governed groups without the table that has their policies
 */
export function createAllowedScopes(
  { access, groups = 'open' }: GroupPoliciesSource,
  { log, clock }: RevocationsOptions,
): AllowedScopes | undefined {
  if (!access && groups === 'governed') throw new Error('groups are governed, and no table Access has their policies')
  if (!access) return undefined
  const table = createTable(access)
  const read = () => readGroupPolicies(table.until({ at: clock() + readMs, clock }))
  return createGroupPolicies({ read, mode: groups, clock, log })
}
