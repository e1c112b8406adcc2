/** Why each field of a response was allowed or refused. For development: an explanation may quote the objects. */
import {
  defaultFieldResolver,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'
import type { AddRemedy } from '../decide/add-remedy.ts'
import { isPrincipal, missingPrincipal } from '../decide/assert-principal.ts'
import { createCallerVerdicts } from '../decide/caller-verdicts.ts'
import { readDecisions } from '../decide/check-table.ts'
import type { Decision } from '../decide/decision.ts'
import { fieldError, refusalError } from '../decide/graphql-errors.ts'
import { rebuildSchema } from '../decide/rebuild-schema.ts'
import { type RuleInput, trace } from '../decide/trace.ts'
import { type RemedyOptions, remediesOf } from '../remedy/table-remedies.ts'
import type { RuleContext } from '../rule/leaf.ts'
import type { RuleTable } from '../rule/rule-table.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import { type ExplainedField, explanationOf, keepExplained } from './explained-fields.ts'

/** The text of a rule's `describe`, which may throw for a careless object. */
function textOf(describe: () => string): string {
  try {
    return describe()
  } catch {
    return 'not available'
  }
}

function findings(tree: Tree, decision: Decision, { context, parent, args }: RuleInput): readonly string[] {
  if (decision.allowed) return []
  const found = leavesOf(tree).flatMap((leaf) => {
    if (leaf.kind !== 'object' || !leaf.describe || !decision.missing.includes(leaf.name)) return []
    const { describe } = leaf
    return [textOf(() => describe(context.principal, parent, args))]
  })
  return [...new Set(found)]
}

interface PathLike {
  readonly key: string | number
  readonly prev: PathLike | undefined
}

function pathText({ key, prev }: PathLike): string {
  return prev ? `${pathText(prev)}.${key}` : String(key)
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

interface ExplainedRule {
  readonly coordinate: string
  readonly tree: Tree
  readonly addRemedy: AddRemedy
}

function explainedResolver({ coordinate, tree, addRemedy }: ExplainedRule, next: Resolver): Resolver {
  return (parent, args, ctx, info) => {
    const context = ctx as RuleContext
    if (!isPrincipal(context?.principal)) throw fieldError(missingPrincipal(coordinate), info)
    const input: RuleInput = { context, parent, args, info }
    const decision = trace(tree, input)
    keepExplained(context, { path: pathText(info.path), coordinate, decision, found: findings(tree, decision, input) })
    if (decision.allowed) return next(parent, args, context, info)
    throw refusalError(coordinate, addRemedy(decision, input, info.path.prev), info)
  }
}

export interface ExplainingOptions {
  /** As for `createPolicy`. */
  readonly remedies?: RemedyOptions | false
}

/**
 * The schema with the decisions of `table` in front of its fields, which also keeps each decision for `explanationOf`.
 * It is slower than `createPolicy`, and an explanation reveals what the rules hide: never deploy it.
 * @param options.remedies as for `createPolicy`, so that refusals are the same as when deployed
 * @throws PolicyError for a table that does not start
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { explain, explaining } from '@fieldnotes/policy/explaining-schema'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, parse } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const schema = explaining(types, table)
 * const args = { schema, document: parse('{ book { draft } }'), rootValue: { book: { draft: 'Notes' } } }
 * const { result, explained } = await explain({ ...args, contextValue: { principal: anonymous } })
 * ```
 */
export function explaining<Types>(
  schema: GraphQLSchema,
  table: RuleTable<Types>,
  options: ExplainingOptions = {},
): GraphQLSchema {
  const decisions = readDecisions(schema, table)
  const callers = createCallerVerdicts([])
  const { remedies: known = {} } = options
  const remedies = remediesOf(known, { schema, decisions, callers })
  return rebuildSchema(schema, (type, name, config) => {
    const coordinate = `${type.name}.${name}`
    const tree: Tree = decisions.get(coordinate) ?? { kind: 'constant', allowed: false }
    const rule = { coordinate, tree, addRemedy: remedies(tree, type.name) }
    const wrap = (next: Resolver = defaultFieldResolver): Resolver => explainedResolver(rule, next)
    const isSource = type === schema.getSubscriptionType()
    return { ...config, resolve: wrap(config.resolve), ...(isSource && { subscribe: wrap(config.subscribe) }) }
  })
}

/** A response with its explanation. */
export interface ExplainedResult {
  readonly result: ExecutionResult
  readonly explained: readonly ExplainedField[]
}

/**
 * Executes an operation on a schema of `explaining`, and returns the response with its explanation.
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { explain, explaining } from '@fieldnotes/policy/explaining-schema'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, parse } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const schema = explaining(types, table)
 * const args = { schema, document: parse('{ book { draft } }'), rootValue: { book: { draft: 'Notes' } } }
 * const { explained } = await explain({ ...args, contextValue: { principal: anonymous } })
 * explained.map(({ coordinate, decision }) => [coordinate, decision.allowed])
 * ```
 */
export async function explain(args: ExecutionArgs & { readonly contextValue: object }): Promise<ExplainedResult> {
  const result = await execute(args)
  return { result, explained: explanationOf(args.contextValue) }
}
