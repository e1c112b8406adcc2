/** Why each field of an answer was allowed or refused. For development: it may quote the objects it speaks of. */
import {
  defaultFieldResolver,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'
import { readDecisions } from '../decide/check-table.ts'
import { type Decision, refusalError } from '../decide/decision.ts'
import { rebuild } from '../decide/rebuild-schema.ts'
import { type Question, trace } from '../decide/trace.ts'
import type { Asked } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import type { RuleTable } from '../rules.ts'

export interface Explained {
  /** The path in the answer, such as `order.total`. */
  readonly path: string
  /** The field, such as `Order.total`. */
  readonly place: string
  readonly decision: Decision
  /** What the rules found that refused, such as `bought by alice`; each once. */
  readonly found: readonly string[]
}

const kept = new WeakMap<object, Explained[]>()

/** What was decided under this context so far, in the order of execution. */
export function explanationOf(context: object): readonly Explained[] {
  return kept.get(context) ?? []
}

function keep(context: object, explained: Explained): void {
  const list = kept.get(context) ?? []
  list.push(explained)
  kept.set(context, list)
}

function told(tell: () => string): string {
  try {
    return tell()
  } catch {
    return 'could not be told'
  }
}

function findings(tree: Tree, decision: Decision, { asked, parent, args }: Question): readonly string[] {
  if (decision.allowed) return []
  const found = leavesOf(tree).flatMap((leaf) => {
    if (leaf.kind !== 'object' || !leaf.tell || !decision.missing.includes(leaf.name)) return []
    const { tell } = leaf
    return [told(() => tell(asked.principal, parent, args))]
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

function explained(place: string, tree: Tree, next: Resolver): Resolver {
  return (parent, args, context, info) => {
    const asked = context as Asked
    const question: Question = { asked, parent, args, info }
    const decision = trace(tree, question)
    keep(asked, { path: pathText(info.path), place, decision, found: findings(tree, decision, question) })
    if (decision.allowed) return next(parent, args, context, info)
    throw refusalError(place, decision)
  }
}

/**
 * The schema with the decisions of `table` in front of its fields, which also keeps why it decided. Slower, and with
 * `explanationOf` it tells everything: never deploy it.
 * @throws PolicyError for a table that may not start
 */
export function explaining<Types>(schema: GraphQLSchema, table: RuleTable<Types>): GraphQLSchema {
  const decisions = readDecisions(schema, table)
  return rebuild(schema, (type, name, config) => {
    const place = `${type.name}.${name}`
    const tree: Tree = decisions.get(place) ?? { kind: 'constant', allowed: false }
    const wrap = (next: Resolver = defaultFieldResolver): Resolver => explained(place, tree, next)
    const isSource = type === schema.getSubscriptionType()
    return { ...config, resolve: wrap(config.resolve), ...(isSource && { subscribe: wrap(config.subscribe) }) }
  })
}

export interface Explanation {
  readonly result: ExecutionResult
  readonly explained: readonly Explained[]
}

/** Executes an operation on a schema that `explaining` made and hands out the answer with its explanation. */
export async function explain(args: ExecutionArgs & { readonly contextValue: object }): Promise<Explanation> {
  const result = await execute(args)
  return { result, explained: explanationOf(args.contextValue) }
}

function reason(decision: Decision): string {
  if (decision.allowed) return decision.leaf
  if (decision.code === 'UNAVAILABLE') return `could not be decided: ${decision.leaf}`
  return decision.missing.length > 0 ? `missing: ${decision.missing.join(', or ')}` : decision.leaf
}

/** The explanation as lines for a terminal: path, field, decision, and what decided or was missing. */
export function formatExplanation(explanation: readonly Explained[]): string {
  const rows = explanation.map(({ path, place, decision, found }) => [
    path,
    place,
    decision.allowed ? 'allowed' : decision.code,
    [reason(decision), ...found].join('; '),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}
