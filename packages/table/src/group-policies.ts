/** The policies of groups in the table Access: one partition, which is read whole. */
import { AppError } from '@fieldnotes/core/error'
import type { BrokenPolicy, GroupPolicy } from '@fieldnotes/core/group-policy'
import { groupPoliciesPartition, groupPolicyKey } from './access-keys.ts'
import { isWritten } from './failures.ts'
import { groupPolicyItem, parseGroupPolicyItem, type StoredPolicy } from './group-policy-items.ts'
import { instant, instantAfter } from './instants.ts'
import type { Table } from './table.ts'
import type { Condition } from './writes.ts'

/** More items than fit into one page of a query (1 MB). */
const itemsMax = 100_000

/**
 * Returns every stored policy with the instant of its write, by one consistent query, in the order of the groups.
 * @throws UNAVAILABLE when the table is out of reach, and when the policies exceed one page (1 MB): a list with a gap
 * could lack a policy that denies
 */
export async function listGroupPolicies(table: Pick<Table, 'query'>): Promise<readonly StoredPolicy[]> {
  // A group begins with the name of its issuer, which begins with a letter; `{` follows `z` in ASCII.
  const range = { pk: groupPoliciesPartition, between: ['a', '{'] } as const
  const { items, last } = await table.query({ ...range, forward: true, limit: itemsMax })
  if (last) throw new AppError('UNAVAILABLE', 'more policies of groups than one query reads')
  return items.map(parseGroupPolicyItem)
}

/** As `listGroupPolicies`, without the instants. */
export async function readGroupPolicies(table: Pick<Table, 'query'>): Promise<readonly (GroupPolicy | BrokenPolicy)[]> {
  return (await listGroupPolicies(table)).map(({ policy }) => policy)
}

/** What a write replaces. */
export interface Replaced {
  /** The policy of the group that was read before; undefined where there was none. */
  readonly stored: StoredPolicy | undefined
}

/**
 * Writes the policy of a group, if what is stored is still what was read; `now` is in milliseconds since the epoch. It
 * is in force in every process within 30 seconds.
 * @throws BAD_USER_INPUT for a policy of the wrong form; CONFLICT when another one is stored; UNAVAILABLE when the
 * effect is unknown
 */
export async function writeGroupPolicy(
  table: Pick<Table, 'write'>,
  policy: GroupPolicy,
  { stored, now }: Replaced & { readonly now: number },
): Promise<void> {
  const before = stored?.writtenAt
  const put = groupPolicyItem(policy, before === undefined ? instant(now) : instantAfter(before, now))
  if (!(await isWritten(() => table.write({ put, when: conditionOf(stored) })))) throw moved()
}

/**
 * Removes the policy of a group, if what is stored is still what was read.
 * @throws CONFLICT when another one is stored, or none; UNAVAILABLE when the effect is unknown
 */
export async function removeGroupPolicy(table: Pick<Table, 'write'>, stored: StoredPolicy): Promise<void> {
  const remove = groupPolicyKey(stored.policy.group)
  if (!(await isWritten(() => table.write({ remove, when: conditionOf(stored) })))) throw moved()
}

/** A broken entry may have no instant: it is replaced whatever it is. */
function conditionOf(stored: StoredPolicy | undefined): Condition {
  if (stored === undefined) return [[['absent', 'sk']]]
  return stored.writtenAt === undefined ? [[['exists', 'sk']]] : [[['=', 'writtenAt', stored.writtenAt]]]
}

function moved(): AppError {
  return new AppError('CONFLICT', 'the policy of the group was changed meanwhile')
}
