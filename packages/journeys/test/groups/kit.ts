/** What the tests of group policies share: operations, outcomes, and the policies of a running cloud. */
import type { GroupPolicy } from '@fieldnotes/core/group-policy'
import { listGroupPolicies, removeGroupPolicy, writeGroupPolicy } from '@fieldnotes/table/group-policies'
import type { Table } from '@fieldnotes/table/table'

/** Needs `notes:read`. */
export const reads = '{ notes { nodes { id } } }'
/** Needs `notes:write`. */
export const writes = 'mutation { createNote(input: { title: "n", content: "c" }) { note { id } } }'

export const allowed = '200'
export const refused = '200 FORBIDDEN'
export const closed = '503 UNAVAILABLE'

/** Scopes by their second half: `read write`. */
export interface Scopes {
  readonly allow?: string
  readonly deny?: string
}

/**
 * Sets the policy of a group, or removes it, in the place of the one that is stored: as the operators' command does.
 */
export async function setPolicy(table: Table, group: string, scopes: Scopes | undefined): Promise<void> {
  const stored = (await listGroupPolicies(table)).find(({ policy }) => policy.group === group)
  if (scopes) return writeGroupPolicy(table, policyOf(group, scopes), { stored, now: Date.now() })
  if (stored) await removeGroupPolicy(table, stored)
}

function policyOf(group: string, { allow = '', deny = '' }: Scopes): GroupPolicy {
  const scopesIn = (text: string) =>
    text
      .split(' ')
      .filter(Boolean)
      .map((name) => `notes:${name}`)
  return { group, allow: scopesIn(allow), deny: scopesIn(deny) }
}
