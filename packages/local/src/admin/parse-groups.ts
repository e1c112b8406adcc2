/** The words and flags of `groups`, as an action on the policy of one group. */
import { groupPoliciesMax } from '@fieldnotes/core/group-policy'
import { scopesFaults } from '@fieldnotes/core/scopes'
import { isQualifiedGroup } from '@fieldnotes/table/group-policy-items'
import { UsageError } from '../usage-error.ts'

/** Flags that describe a policy. */
export interface GroupFlags {
  readonly allow?: string | undefined
  readonly deny?: string | undefined
  readonly issuer?: string | undefined
}

/** What a run does. `group` is `issuer:group`. */
export type GroupRun =
  | { readonly action: 'list' }
  | { readonly action: 'show' | 'delete'; readonly group: string }
  | {
      readonly action: 'set'
      readonly group: string
      readonly allow: readonly string[]
      readonly deny: readonly string[]
    }

const actions = ['list', 'show', 'set', 'delete'] as const

/**
 * @throws UsageError for an unknown action, a missing or malformed group, an unknown scope, and a flag without effect
 */
export function parseGroupRun(words: readonly string[], flags: GroupFlags): GroupRun {
  const [word = '', name, ...others] = words
  const action = actions.find((each) => each === word)
  if (!action) throw new UsageError(`Say ${actions.join(', ')}. Try npm run -s admin -- groups --help`)
  const needsGroup = action !== 'list'
  if (others.length > 0 || needsGroup !== (name !== undefined))
    throw new UsageError(`${action} takes ${needsGroup ? 'one GROUP' : 'no GROUP'}.`)
  assertEffect(action, flags)
  if (action === 'list' || name === undefined) return { action: 'list' }
  const group = qualified(name, flags.issuer)
  return action === 'set' ? { action, group, ...policyOf(flags) } : { action, group }
}

function assertEffect(action: GroupRun['action'], flags: GroupFlags): void {
  const own: readonly string[] = action === 'set' ? ['allow', 'deny', 'issuer'] : action === 'list' ? [] : ['issuer']
  const stray = (['allow', 'deny', 'issuer'] as const).find((flag) => flags[flag] !== undefined && !own.includes(flag))
  if (stray !== undefined) throw new UsageError(`--${stray} does not go with ${action}.`)
}

function qualified(name: string, issuer = 'cognito'): string {
  if (issuer === 'fieldnotes') throw new UsageError('Tokens of our own issuer have no groups: name the first issuer.')
  const group = `${issuer}:${name}`
  if (isQualifiedGroup(group)) return group
  throw new UsageError('GROUP is 1 to 128 characters without control characters, as tokens name it, without an issuer.')
}

/**
 * The run on `cognito:staff` where that is how `list` prints a group: its first word is an issuer of the target. With
 * --issuer, or another first word, the text is the name of the group.
 * @throws UsageError for a group that no token has
 */
export function asListed(run: GroupRun, { issuer }: GroupFlags, issuers: () => readonly string[]): GroupRun {
  if (run.action === 'list' || issuer !== undefined) return run
  const [, first = '', ...rest] = run.group.split(':')
  if (rest.length === 0 || !issuers().includes(first)) return run
  return { ...run, group: qualified(rest.join(':'), first) }
}

function policyOf({ allow, deny }: GroupFlags) {
  if (allow === undefined && deny === undefined) throw new UsageError('set takes --allow, --deny or both.')
  const policy = { allow: scopesIn('allow', allow), deny: scopesIn('deny', deny) }
  const both = policy.allow.find((scope) => policy.deny.includes(scope))
  if (both !== undefined) throw new UsageError(`${both} is allowed and denied.`)
  return policy
}

/** An empty text is an empty list. A misspelt scope of `--deny` would deny nothing. */
function scopesIn(flag: 'allow' | 'deny', text = ''): readonly string[] {
  const scopes = text.split(' ').filter(Boolean)
  const [fault] = scopes.length === 0 ? [] : scopesFaults(scopes)
  if (fault !== undefined) throw new UsageError(`--${flag} ${fault}.`)
  return scopes.sort()
}

/** @throws UsageError where one more group would be beyond the limit */
export function assertRoom(stored: number): void {
  if (stored >= groupPoliciesMax) throw new UsageError(`${groupPoliciesMax} groups have a policy: delete one first.`)
}
