/**
 * A copy of the stored policies of groups in the memory of one process, read again when it is older than 20 seconds.
 */
import type { GroupMode } from '@fieldnotes/core/group-policy'
import type { Log } from '@fieldnotes/core/log'
import type { Service, User } from '@fieldnotes/core/principal'
import { groupPolicyBounds } from '../bounds.ts'
import { createFreshCopy } from '../fresh-copy.ts'
import { type Allowed, allowedScopes, type PolicyEntry, scopesOfUnknownGroups } from './allowed-scopes.ts'

/**
 * Which scopes a verified caller may use at most. A plain value needs no `await`.
 * @throws when that can't be decided: the credential is then refused as UNAVAILABLE
 */
export type AllowedScopes = (principal: User | Service) => Allowed | Promise<Allowed>

/** What a policy depends on. `via` `iam` says that the groups are unknown. */
export type PolicySubject = Pick<User | Service, 'kind' | 'issuer' | 'groups' | 'via'>

/** As `AllowedScopes`, for all that is known to have these members: a principal, or a sign-in that was stored. */
export type GroupPolicies = (subject: PolicySubject) => Allowed | Promise<Allowed>

/** What `createGroupPolicies` needs. */
export interface GroupPoliciesOptions {
  /**
   * Returns every stored policy. It must reject, never return a part: a missing policy could be one that denies.
   * Entries in memory will do for tests: `read: () => entries`.
   */
  readonly read: () => Promise<readonly PolicyEntry[]> | readonly PolicyEntry[]
  /** What holds for a person who is in no group with a policy. */
  readonly mode: GroupMode
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
}

/** A read that failed, or that found policies which can't be read. */
const failedEvent = 'identity.group_policies_failed'

/** The policies of one read. */
interface Copy {
  /** Group → its policy. */
  readonly policies: ReadonlyMap<string, PolicyEntry>
  /** Remembered tokens share one principal object, which is judged once for each copy. */
  readonly judged: WeakMap<PolicySubject, Allowed>
  /** Issuer → what its people may use whose groups are unknown. */
  readonly ofUnknown: Map<string, Allowed>
}

/**
 * Builds an empty copy; the first person whose scopes depend on a policy makes it read. While it is fresh, a principal
 * costs one look-up and no `await`. Concurrent callers share one read. A read that fails or takes longer than 2 seconds
 * refuses every caller that waits for it, and the next read begins a second after it at the earliest.
 *
 * Policies are for people alone: a service has the scopes of its client. They are not applied to tokens of our own
 * issuer (`fieldnotes`), which applies them to each token that it gives. A person without groups needs no read: no
 * policy is about them. Signed requests do not say the groups: see `scopesOfUnknownGroups`.
 * @example
 * ```ts
 * import { createGroupPolicies } from '@fieldnotes/identity/group-policies'
 *
 * const policies = [{ group: 'cognito:guests', allow: ['notes:read'], deny: [] }]
 * const copy = { read: () => policies, mode: 'open', clock: Date.now, log: console.log } as const
 * const allowedScopes = createGroupPolicies(copy)
 * ```
 */
export function createGroupPolicies({ read, mode, clock, log }: GroupPoliciesOptions): GroupPolicies {
  const current = createFreshCopy<Copy>({
    read: async () => copyOf(await read()),
    clock,
    bounds: groupPolicyBounds,
    onRead: ({ policies }, wasOut) => {
      if (wasOut) log('info', 'identity.group_policies_read', { policies: policies.size })
      const broken = [...policies.values()].filter((entry) => 'isBroken' in entry)
      if (broken.length > 0) log('error', failedEvent, { broken: broken.length })
    },
    failed: failedEvent,
    outage: 'group_policies_unavailable',
    log,
  })
  return (principal) => {
    if (principal.kind === 'service' || principal.issuer === 'fieldnotes') return 'all'
    if (principal.via !== 'iam' && principal.groups.size === 0) return allowedScopes([], principal.groups, mode)
    const copy = current()
    return copy instanceof Promise ? copy.then((fresh) => judge(fresh, principal, mode)) : judge(copy, principal, mode)
  }
}

/** @throws RangeError for more policies than a copy may have: a part of them could lack one that denies */
function copyOf(entries: readonly PolicyEntry[]): Copy {
  if (entries.length > groupPolicyBounds.policiesMax) throw new RangeError('more policies than one copy has')
  const policies = new Map(entries.map((entry) => [entry.group, entry]))
  return { policies, judged: new WeakMap(), ofUnknown: new Map() }
}

function judge(copy: Copy, principal: PolicySubject, mode: GroupMode): Allowed {
  if (principal.via === 'iam') return ofUnknown(copy, principal.issuer, mode)
  const known = copy.judged.get(principal)
  if (known !== undefined) return known
  const { groups } = principal
  const allowed = allowedScopes(
    [...groups].flatMap((group) => copy.policies.get(group) ?? []),
    groups,
    mode,
  )
  copy.judged.set(principal, allowed)
  return allowed
}

function ofUnknown(copy: Copy, issuer: string, mode: GroupMode): Allowed {
  const known = copy.ofUnknown.get(issuer)
  if (known !== undefined) return known
  const allowed = scopesOfUnknownGroups([...copy.policies.values()], issuer, mode)
  copy.ofUnknown.set(issuer, allowed)
  return allowed
}
