/** Records the decisions of an execution, for `whatIf`. It decides nothing: the schema that it observes does. */
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import { isPrincipal } from '../decide/assert-principal.ts'
import { type Decisions, readDecisions } from '../decide/check-table.ts'
import { rebuildSchema } from '../decide/rebuild-schema.ts'
import { type RuleInput, trace } from '../decide/trace.ts'
import type { ObjectLeaf, RuleContext } from '../rule/leaf.ts'
import type { RuleTable } from '../rule/rule-table.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { type CallerLeaves, callerFacts, callerLeavesOf, factsOf, isOn } from './caller-record.ts'
import { type Kept, keep, keptUnder, type ObjectFacts, type Recorded, recordedIn, recordsMax } from './recorded.ts'

export { type Recorded, recordedIn, recordsMax }

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
  const state = keptUnder(context, () => ({
    byKey: new Map(),
    caller: callerFacts(context.principal, callers),
    dropped: 0,
  }))
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
