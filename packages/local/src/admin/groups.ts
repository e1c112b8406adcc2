/** `npm run -s admin -- groups`: the policies of groups, and what a change of one would change. */
import { changesOfPolicy, type PolicyChange, scopesUnder } from '@fieldnotes/api/changed-cells'
import { scopeTable } from '@fieldnotes/core/scopes'
import { listGroupPolicies, removeGroupPolicy, writeGroupPolicy } from '@fieldnotes/table/group-policies'
import type { StoredPolicy } from '@fieldnotes/table/group-policy-items'
import type { Table } from '@fieldnotes/table/table'
import { parseWords } from '../flags.ts'
import { CommandFailed } from '../usage-error.ts'
import type { AdminTarget } from './admin-target.ts'
import { groupsHelp } from './groups-help.ts'
import { asListed, assertRoom, type GroupRun, parseGroupRun } from './parse-groups.ts'
import { type GroupsResult, groupsJson, groupsText } from './print-groups.ts'
import { assertTarget, everyFlag, reachTarget } from './reach-target.ts'
import { assertIssuers, dryText, fail, tableOf } from './run-on-table.ts'

const options = {
  allow: { type: 'string' },
  deny: { type: 'string' },
  issuer: { type: 'string' },
  ...everyFlag,
} as const

/** Every scope of the API. */
const scopes = Object.values(scopeTable(':')).flat()

/** A run on one group. */
type OnGroup = Exclude<GroupRun, { readonly action: 'list' }>

/** Runs the command. @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach */
export async function groups(words: readonly string[]): Promise<void> {
  const { values: flags, positionals } = parseWords(words, options, 'npm run -s admin -- groups --help')
  if (flags.help) return void process.stdout.write(groupsHelp)
  assertTarget(flags)
  const parsed = parseGroupRun(positionals, flags)
  const target = await reachTarget(flags, ['groups', ...words])
  if (!target) return
  const run = asListed(parsed, flags, target.issuerNames)
  assertIssuer(run, target)
  const table = tableOf(target)
  const stored = await listGroupPolicies(table).catch(fail)
  const planned = plan(run, target, stored)
  const isWriting = run.action === 'set' || run.action === 'delete'
  const print = flags.json ? groupsJson : groupsText
  // What changes is printed before it is written.
  if (isWriting && !flags.json) process.stdout.write(print({ ...planned, written: undefined }))
  if (isWriting && flags.yes) await write(run, table, stored).catch(fail)
  if (flags.json || !isWriting) process.stdout.write(print({ ...planned, written: isWriting && flags.yes }))
  else process.stdout.write(flags.yes ? writtenText : dryText)
}

const writtenText = `Written. In force everywhere within 30 seconds; tokens of our own issuer follow within 300.\n`

function assertIssuer(run: GroupRun, target: AdminTarget): void {
  if (run.action === 'list') return
  const [issuer = ''] = run.group.split(':', 1)
  const names = target.issuerNames().filter((each) => each !== 'fieldnotes')
  assertIssuers([issuer], target, names, '--issuer')
}

function plan(run: GroupRun, target: AdminTarget, stored: readonly StoredPolicy[]): GroupsResult {
  const mode = target.groupMode()
  const shown = { target: target.name, table: target.access.name, mode }
  if (run.action === 'list') return { ...shown, policies: stored }
  const found = ofGroup(run, stored)
  if (run.action === 'delete' && !found) throw new CommandFailed(`${run.group} has no policy.`)
  if (run.action === 'set' && !found) assertRoom(stored.length)
  const before = stored.map(({ policy }) => policy)
  const others = before.filter(({ group }) => group !== run.group)
  const change: PolicyChange = { group: run.group, mode, scopes, before, after: [...others, ...policyAfter(run)] }
  const current = { group: run.group, policy: found?.policy ?? null, scopes: scopesUnder(change, before) }
  if (run.action === 'show') return { ...shown, ...current }
  const after = { policy: policyAfter(run)[0] ?? null, scopes: scopesUnder(change, change.after) }
  return { ...shown, group: run.group, before: current, after, changes: changesOfPolicy(change) }
}

function ofGroup({ group }: OnGroup, stored: readonly StoredPolicy[]): StoredPolicy | undefined {
  return stored.find(({ policy }) => policy.group === group)
}

function policyAfter(run: OnGroup) {
  return run.action === 'set' ? [{ group: run.group, allow: run.allow, deny: run.deny }] : []
}

async function write(run: GroupRun, table: Table, all: readonly StoredPolicy[]): Promise<void> {
  if (run.action === 'list') return
  const stored = ofGroup(run, all)
  for (const policy of policyAfter(run)) await writeGroupPolicy(table, policy, { stored, now: Date.now() })
  if (run.action === 'delete' && stored) await removeGroupPolicy(table, stored)
}
