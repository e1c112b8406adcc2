/** Records the decisions of an execution, for `whatIf`. It decides nothing: the schema that it observes does. */

import type { Principal } from '@fieldnotes/core/principal'
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import { isPrincipal } from '../decide/assert-principal.ts'
import { settle } from '../decide/caller-verdicts.ts'
import { type Decisions, readDecisions } from '../decide/check-table.ts'
import { rebuildSchema } from '../decide/rebuild-schema.ts'
import { type RuleInput, trace } from '../decide/trace.ts'
import { callerFactOf } from '../prove/caller-facts.ts'
import type { CallerLeaf, Leaf, ObjectLeaf, RuleContext } from '../rule/leaf.ts'
import type { RuleTable } from '../rule/rule-table.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import type { CallerFacts, Facts, RecordedDecision } from './recorded-decision.ts'

/**
 * Different decisions that are kept of one execution. Further ones are counted.
 * @example
 * ```ts
 * import { recordsMax } from '@fieldnotes/policy/recording-schema'
 *
 * console.log(`A log line has ${recordsMax} decisions at most.`)
 * ```
 */
export const recordsMax = 200

/** The decisions of one execution. */
export interface Recorded {
  readonly decisions: readonly RecordedDecision[]
  /** Decisions that are in no record, because the execution made more different ones than are kept. */
  readonly dropped: number
}

interface Kept {
  readonly byKey: Map<string, { readonly record: Omit<RecordedDecision, 'count'>; count: number }>
  readonly caller: CallerFacts
  dropped: number
  last?: ObjectFacts
}

interface ObjectFacts {
  readonly parent: unknown
  readonly leaves: readonly ObjectLeaf[]
  readonly facts: Facts
  readonly text: string
}

const kept = new WeakMap<object, Kept>()

/**
 * The decisions made under a context so far, equal ones folded into one.
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { createPolicy } from '@fieldnotes/policy/policy'
 * import { recordedIn, recording } from '@fieldnotes/policy/recording-schema'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, graphql } from 'graphql'
 *
 * const table = { Query: { title: allow, draft: signedIn } }
 * const { schema } = createPolicy(buildSchema('type Query { title: String draft: String }'), table)
 * const contextValue = { principal: anonymous }
 * await graphql({ schema: recording(schema, table), source: '{ title draft }', contextValue })
 * recordedIn(contextValue).decisions.map(({ field, outcome }) => [field, outcome])
 * ```
 */
export function recordedIn(context: object): Recorded {
  const found = kept.get(context)
  if (!found) return { decisions: [], dropped: 0 }
  const decisions = [...found.byKey.values()].map(({ record, count }) => ({ ...record, count }))
  return { decisions, dropped: found.dropped }
}

function isOn<Kind extends Leaf['kind']>(kind: Kind) {
  return (leaf: Leaf): leaf is Extract<Leaf, { readonly kind: Kind }> => leaf.kind === kind
}

/** A fact without a value threw, and is left out. */
function factsOf<L extends Leaf>(leaves: readonly L[], test: (leaf: L) => unknown): Facts {
  const entries = leaves.flatMap((leaf) => {
    try {
      return [[leaf.name, settle(test(leaf))] as const]
    } catch {
      return []
    }
  })
  return Object.fromEntries(entries)
}

interface CallerLeaves {
  readonly groups: readonly string[]
  readonly own: readonly CallerLeaf[]
}

function callerLeavesOf(decisions: Decisions): CallerLeaves {
  const leaves = [...new Set([...decisions.values()].flatMap(leavesOf))].filter(isOn('caller'))
  const facts = leaves.map(callerFactOf)
  return {
    groups: facts.flatMap((fact) => (fact?.kind === 'group' ? [fact.value] : [])),
    own: leaves.filter((_, index) => !facts[index]),
  }
}

function callerFacts(principal: Principal, { groups, own }: CallerLeaves): CallerFacts {
  const isKnown = principal.kind !== 'anonymous'
  return {
    kind: principal.kind,
    thirdParty: isKnown && principal.thirdParty !== false,
    scopes: isKnown ? [...principal.scopes].sort() : [],
    groups: Object.fromEntries(groups.map((group) => [group, isKnown && principal.groups.has(group)])),
    rules: factsOf(own, (leaf) => leaf.test(principal)),
  }
}

/** Rules on the objects of each type: other rules than today's may read another of them at a field. */
function objectLeavesOf(decisions: Decisions): ReadonlyMap<string, readonly ObjectLeaf[]> {
  const byType = new Map<string, ObjectLeaf[]>()
  for (const [coordinate, tree] of decisions) {
    const [type = ''] = coordinate.split('.')
    const known = byType.get(type) ?? []
    const more = leavesOf(tree).filter(isOn('object'))
    known.push(...more.filter((leaf) => !leaf.readsArgs && !known.includes(leaf)))
    byType.set(type, known)
  }
  return byType
}

function keep(state: Kept, { text }: ObjectFacts, record: Omit<RecordedDecision, 'count'>): void {
  // The caller of one execution is always the same.
  const key = `${record.field} ${record.outcome} ${text}`
  const known = state.byKey.get(key)
  if (known) known.count += 1
  else if (state.byKey.size < recordsMax) state.byKey.set(key, { record, count: 1 })
  else state.dropped += 1
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

interface Observation {
  readonly field: string
  readonly tree: Tree
  /** Rules on the object alone, the same for all fields of a type. */
  readonly leaves: readonly ObjectLeaf[]
  /** Rules of the field that read arguments. */
  readonly guards: readonly ObjectLeaf[]
  readonly callers: CallerLeaves
}

/** The facts of one object are evaluated once for all its fields. */
function objectFacts(state: Kept, { leaves }: Observation, { context, parent, args, info }: RuleInput): ObjectFacts {
  const { last } = state
  if (last && last.parent === parent && last.leaves === leaves) return last
  const facts = factsOf(leaves, (leaf) => leaf.test(parent, args, context, info))
  state.last = { parent, leaves, facts, text: JSON.stringify(facts) }
  return state.last
}

function withGuards(known: ObjectFacts, { guards }: Observation, input: RuleInput): ObjectFacts {
  if (guards.length === 0) return known
  const { context, parent, args, info } = input
  const facts = { ...known.facts, ...factsOf(guards, (leaf) => leaf.test(parent, args, context, info)) }
  return { ...known, facts, text: JSON.stringify(facts) }
}

function observe(observation: Observation, input: RuleInput): void {
  const { context } = input
  if (!isPrincipal(context?.principal)) return
  const { field, tree, callers } = observation
  const fresh = (): Kept => ({ byKey: new Map(), caller: callerFacts(context.principal, callers), dropped: 0 })
  const state = kept.get(context) ?? fresh()
  kept.set(context, state)
  const decision = trace(tree, input)
  const found = withGuards(objectFacts(state, observation, input), observation, input)
  const outcome = decision.allowed ? 'allowed' : decision.code
  keep(state, found, { field, caller: state.caller, object: found.facts, outcome })
}

function observed(observation: Observation, next: Resolver): Resolver {
  return (parent, args, context, info) => {
    observe(observation, { context: context as RuleContext, parent, args, info })
    return next(parent, args, context, info)
  }
}

/**
 * A copy of an enforced schema that also records each decision of `table` for `recordedIn`. It evaluates rules twice:
 * execute a sample of the requests on it, and the others on the schema itself, which then costs nothing.
 * @param schema the schema of `createPolicy` or `explaining`
 * @param table the same table
 * @throws PolicyError for a table that does not start
 * @example
 * ```ts
 * import { createPolicy } from '@fieldnotes/policy/policy'
 * import { recording } from '@fieldnotes/policy/recording-schema'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const table = { Query: { title: allow, draft: signedIn } }
 * const { schema } = createPolicy(buildSchema('type Query { title: String draft: String }'), table)
 * const recorder = recording(schema, table)
 * const schemaOfRequest = () => (Math.random() < 0.01 ? recorder : schema)
 * ```
 */
export function recording<Types>(schema: GraphQLSchema, table: RuleTable<Types>): GraphQLSchema {
  const decisions = readDecisions(schema, table)
  const callers = callerLeavesOf(decisions)
  const leavesByType = objectLeavesOf(decisions)
  return rebuildSchema(schema, (type, name, config) => {
    const field = `${type.name}.${name}`
    const tree: Tree = decisions.get(field) ?? { kind: 'constant', allowed: false }
    const guards = leavesOf(tree).filter((leaf): leaf is ObjectLeaf => leaf.kind === 'object' && leaf.readsArgs)
    const observation: Observation = { field, tree, leaves: leavesByType.get(type.name) ?? [], guards, callers }
    return { ...config, resolve: observed(observation, config.resolve ?? defaultFieldResolver) }
  })
}
