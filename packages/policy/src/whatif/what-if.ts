/** Recorded decisions, judged again by other rules. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { settle } from '../decide/caller-verdicts.ts'
import type { RefusalCode } from '../decide/decision.ts'
import { trace } from '../decide/trace.ts'
import { atomsOf } from '../prove/atoms.ts'
import { callerFactOf } from '../prove/caller-facts.ts'
import { changedTests } from '../prove/changed-tests.ts'
import { assumed } from '../prove/levels.ts'
import type { Model } from '../prove/prove.ts'
import { rename, renamesOf } from '../prove/renamed.ts'
import type { Leaf } from '../rule/leaf.ts'
import type { Tree } from '../rule/tree.ts'
import { type CallerFacts, type Facts, isRecordedDecision, type RecordedDecision } from './recorded-decision.ts'

export type { CallerFacts, RecordedDecision }

/** Facts of one decision that may be missing in a record: with more, it is not judged. */
const missingMax = 8

type Outcome = 'allowed' | RefusalCode

/** Decisions that would have another outcome. */
export interface ChangedOutcome {
  readonly field: string
  /** The kind of caller: `anonymous`, `person`, `third party` or `service`. */
  readonly caller: string
  readonly before: Outcome
  readonly after: Outcome
  readonly count: number
}

/** Decisions whose outcome by the other rules depends on facts that were not recorded. */
export interface Undetermined {
  readonly field: string
  readonly missing: readonly string[]
  readonly count: number
}

export interface WhatIf {
  /** Decisions that were judged, or could have been. */
  readonly decisions: number
  /** The most frequent first. */
  readonly changed: readonly ChangedOutcome[]
  readonly undetermined: readonly Undetermined[]
  /** Values that are no record. */
  readonly unreadable: number
}

export interface WhatIfOptions {
  /** The rules that recorded, where they are others: rules of one name are compared by the examples of the models. */
  readonly recordedBy?: Model
}

function principalOf({ kind, thirdParty, scopes, groups }: CallerFacts): Principal {
  if (kind === 'anonymous') return anonymous
  const names = Object.entries(groups).flatMap(([name, isMember]) => (isMember ? [name] : []))
  const members = { thirdParty, scopes: new Set(scopes), groups: new Set(names) }
  return kind === 'service' ? sampleService(members) : sampleUser(members)
}

function kindOf({ kind, thirdParty }: CallerFacts): string {
  if (kind !== 'user') return kind
  return thirdParty ? 'third party' : 'person'
}

function factIn(facts: Facts, name: string): boolean | undefined {
  return Object.hasOwn(facts, name) ? facts[name] : undefined
}

/** The judging model, and the rules whose results in the records are those of another test or have another name. */
interface Judge {
  readonly model: Model
  readonly changed: ReadonlySet<string>
  /** Name of a rule → its name in the records. */
  readonly recordedAs: ReadonlyMap<string, string>
}

function judgeWith(model: Model, recordedBy: Model | undefined): Judge {
  if (!recordedBy) return { model, changed: new Set(), recordedAs: new Map() }
  const renames = renamesOf(recordedBy, model)
  const recordedAs = new Map([...renames].map(([former, name]) => [name, former]))
  return { model, changed: changedTests(rename(recordedBy, renames), model), recordedAs }
}

/** The result of a leaf, or undefined when it was not recorded. */
function resultIn(
  { changed, recordedAs }: Judge,
  { caller, object }: RecordedDecision,
  principal: Principal,
  leaf: Leaf,
): boolean | undefined {
  if (changed.has(leaf.name)) return undefined
  const name = recordedAs.get(leaf.name) ?? leaf.name
  if (leaf.kind === 'object') return factIn(object, name)
  const fact = callerFactOf(leaf)
  if (!fact) return factIn(caller.rules, name)
  if (fact.kind === 'group') return factIn(caller.groups, fact.value)
  return settle(leaf.test(principal))
}

interface Judged {
  readonly outcomes: ReadonlySet<Outcome>
  readonly missing: readonly string[]
}

function outcomeOf(tree: Tree, atoms: readonly Leaf[], valuation: number, principal: Principal): Outcome {
  const decision = trace(assumed(tree, atoms, valuation), { context: { principal }, parent: undefined, args: {} })
  return decision.allowed ? 'allowed' : decision.code
}

const closed: Tree = { kind: 'constant', allowed: false }

/** All outcomes over the facts that were not recorded. */
function judge(by: Judge, record: RecordedDecision): Judged {
  const tree = by.model.decisions.get(record.field) ?? closed
  const principal = principalOf(record.caller)
  const atoms = atomsOf([tree])
  const results = atoms.map((leaf) => resultIn(by, record, principal, leaf))
  const missing = atoms.flatMap((_, index) => (results[index] === undefined ? [index] : []))
  const names = missing.map((index) => atoms[index]?.name ?? '')
  if (missing.length > missingMax || atoms.length > 30) return { outcomes: new Set(), missing: names }
  const known = results.reduce<number>((bits, result, index) => (result ? bits | (1 << index) : bits), 0)
  const valuations = Array.from({ length: 2 ** missing.length }, (_, number) =>
    missing.reduce((bits, index, at) => ((number & (1 << at)) !== 0 ? bits | (1 << index) : bits), known),
  )
  const outcomes = new Set(valuations.map((valuation) => outcomeOf(tree, atoms, valuation, principal)))
  return { outcomes, missing: names }
}

/** Sums the counts of equal entries; the most frequent first. */
function summed<Entry extends { readonly count: number }>(entries: readonly Entry[]): readonly Entry[] {
  const byKey = new Map<string, Entry>()
  for (const entry of entries) {
    const key = JSON.stringify({ ...entry, count: 0 })
    const known = byKey.get(key)
    byKey.set(key, known ? { ...known, count: known.count + entry.count } : entry)
  }
  return [...byKey.values()].toSorted((a, b) => b.count - a.count)
}

/** The change of one record; undefined when there is none. */
function changeIn(record: RecordedDecision, { outcomes }: Judged): ChangedOutcome | undefined {
  const [after] = outcomes
  const { field, caller, outcome: before, count } = record
  if (outcomes.size !== 1 || after === undefined || after === before) return undefined
  return { field, caller: kindOf(caller), before, after, count }
}

/**
 * Judges records by the rules of `model`. A decision that a rule left undecided (UNAVAILABLE) is not judged again.
 * The recorded results of a rule whose test differs from the one of `recordedBy` are not used: what depends on them is
 * undetermined. Without `recordedBy`, rules of one name count as the same. With it, a rule that has another name and
 * the same result for every example is the same rule.
 * @param records values of a log; those that are no record are counted
 * @example
 * ```ts
 * import { createModel } from '@fieldnotes/policy/prove'
 * import { signedIn } from '@fieldnotes/policy/rules'
 * import { type RecordedDecision, whatIf } from '@fieldnotes/policy/what-if'
 * import { buildSchema } from 'graphql'
 *
 * const caller = { kind: 'service', thirdParty: false, scopes: [], groups: {}, rules: {} } as const
 * const record: RecordedDecision = { field: 'Query.draft', caller, object: {}, outcome: 'FORBIDDEN', count: 3 }
 * const model = createModel(buildSchema('type Query { draft: String }'), { Query: { draft: signedIn } })
 * whatIf(model, [record]).changed // Query.draft, service: FORBIDDEN before, allowed after, 3 decisions
 * ```
 */
export function whatIf(model: Model, records: Iterable<unknown>, { recordedBy }: WhatIfOptions = {}): WhatIf {
  const by = judgeWith(model, recordedBy)
  const changed: ChangedOutcome[] = []
  const undetermined: Undetermined[] = []
  let [decisions, unreadable] = [0, 0]
  for (const record of records) {
    if (!isRecordedDecision(record)) {
      unreadable += 1
      continue
    }
    decisions += record.count
    if (record.outcome === 'UNAVAILABLE') continue
    const judged = judge(by, record)
    const change = changeIn(record, judged)
    if (change) changed.push(change)
    if (judged.outcomes.size !== 1)
      undetermined.push({ field: record.field, missing: judged.missing, count: record.count })
  }
  return { decisions, changed: summed(changed), undetermined: summed(undetermined), unreadable }
}
