/** The items of the policies of groups. An item that has not exactly this form denies everything to its group. */
import { AppError } from '@fieldnotes/core/error'
import { type BrokenPolicy, type GroupPolicy, isPolicyScopes } from '@fieldnotes/core/group-policy'
import { isIssuerName } from '@fieldnotes/core/issuer-rules'
import { groupPolicyKey } from './access-keys.ts'
import type { Item } from './writes.ts'

/** A policy as it is stored. */
export interface StoredPolicy {
  readonly policy: GroupPolicy | BrokenPolicy
  /** RFC 3339. It is different after each write. Undefined for a broken entry without a readable one. */
  readonly writtenAt: string | undefined
}

/** 1 to 128 characters without control characters, as `identity` reads groups of tokens. */
const groupForm = /^[^\p{C}]{1,128}$/u

/** Whether a text is `issuer:group`, as in `groups` of a principal. */
export function isQualifiedGroup(text: string): boolean {
  const mark = text.indexOf(':')
  return isIssuerName(text.slice(0, Math.max(mark, 0))) && groupForm.test(text.slice(mark + 1))
}

/** The item of a policy. @throws BAD_USER_INPUT for a group, or for scopes, of the wrong form */
export function groupPolicyItem({ group, allow, deny }: GroupPolicy, writtenAt: string): Item {
  if (!isQualifiedGroup(group)) throw new AppError('BAD_USER_INPUT', 'a group of the wrong form')
  const item = { ...groupPolicyKey(group), allow, deny, writtenAt }
  // An entry that can't be read denies everything to the group.
  if ('isBroken' in parseGroupPolicyItem(item).policy) throw new AppError('BAD_USER_INPUT', 'scopes of the wrong form')
  return item
}

/** The policy of an item. An attribute that this version does not know makes it a broken one: it could be a limit. */
export function parseGroupPolicyItem({ pk: _partition, sk: group, ...members }: Item): StoredPolicy {
  const { allow, deny, writtenAt, ...unknown } = members
  const known = isInstant(writtenAt) ? writtenAt : undefined
  const isWhole = known !== undefined && Object.keys(unknown).length === 0 && isQualifiedGroup(group)
  if (isWhole && isPolicyScopes(allow) && isPolicyScopes(deny))
    return { policy: { group, allow, deny }, writtenAt: known }
  return { policy: { group, isBroken: true }, writtenAt: known }
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
}
