/** What `groups` prints: lines for people, or one JSON object for programs. */
import type { Change } from '@fieldnotes/api/changed-cells'
import type { BrokenPolicy, GroupMode, GroupPolicy } from '@fieldnotes/core/group-policy'
import type { StoredPolicy } from '@fieldnotes/table/group-policy-items'

/** A policy, or its absence, with the scopes that a person of this group alone has of all scopes of the API. */
interface Shown {
  readonly policy: GroupPolicy | BrokenPolicy | null
  readonly scopes: readonly string[]
}

/** The result of a run: of `list`, of `show`, or of a change. */
export type GroupsResult = {
  readonly target: string
  readonly table: string
  readonly mode: GroupMode
  /** Undefined before a write: nothing says yet whether it takes target. */
  readonly written?: boolean | undefined
} & (
  | { readonly policies: readonly StoredPolicy[] }
  | ({ readonly group: string } & Shown)
  | {
      readonly group: string
      readonly before: Shown
      readonly after: Shown
      readonly changes: readonly Change[]
    }
)

/** One line of JSON. */
export function groupsJson(result: GroupsResult): string {
  return `${JSON.stringify(result)}\n`
}

/** The lines for people. */
export function groupsText(result: GroupsResult): string {
  const target = `on ${result.target}, table ${result.table}, groups ${result.mode}`
  if ('policies' in result) return listText(result.policies, target)
  if ('changes' in result) return `${changeText(result)}\n${target}\n`
  return `${result.group}: ${policyText(result.policy)}\n${scopesText(result.scopes)}\n${target}\n`
}

function listText(policies: readonly StoredPolicy[], target: string): string {
  const lines = policies.map(({ policy, writtenAt = 'at an unknown time' }) => {
    return `${printable(policy.group)}: ${policyText(policy)} (written ${writtenAt})\n`
  })
  return `${lines.join('')}${policies.length} policies ${target}\n`
}

/** An item that was written by hand may have a group with control characters, which could move the cursor. */
function printable(group: string): string {
  return group.replace(/\p{C}/gu, '\ufffd')
}

function policyText(policy: Shown['policy']): string {
  if (policy === null) return 'no policy'
  if ('isBroken' in policy) return 'broken, denies everything'
  return `allows ${wordsOf(policy.allow)}, denies ${wordsOf(policy.deny)}`
}

function wordsOf(scopes: readonly string[]): string {
  return scopes.length === 0 ? 'none' : scopes.join(' ')
}

function scopesText(scopes: readonly string[]): string {
  return `a person in this group alone has at most: ${wordsOf(scopes)}`
}

function changeText({ group, before, after, changes }: Extract<GroupsResult, { readonly changes: unknown }>): string {
  const counts = (['wider', 'narrower', 'other'] as const).map(
    (direction) => `${changes.filter((change) => change.direction === direction).length} ${direction}`,
  )
  return [
    `${group}: ${policyText(before.policy)} → ${policyText(after.policy)}`,
    `scopes of a person in this group alone: ${wordsOf(before.scopes)} → ${wordsOf(after.scopes)}`,
    `cells of the matrix that change: ${changes.length} (${counts.join(', ')})`,
    ...changes.map(lineOf),
  ].join('\n')
}

function lineOf({ type, field, caller, before, after }: Change): string {
  return `  ${type}.${field}, ${caller}: ${before} → ${after}`
}
