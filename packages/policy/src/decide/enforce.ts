/** Decisions in front of resolvers. */
import { AppError } from '@fieldnotes/core/error'
import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql'
import type { Asked } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import type { Callers } from './callers.ts'
import type { Decisions } from './check-table.ts'
import { type Refused, refusalError, withoutStack } from './decision.ts'
import { compile, type Test } from './evaluate.ts'
import { fold, type Known } from './partial-evaluation.ts'
import { markGuarded } from './property-guards.ts'
import { type FieldConfig, type Refit, rebuild } from './rebuild-schema.ts'
import { type Question, trace } from './trace.ts'

type Resolver = GraphQLFieldResolver<unknown, unknown>

/** A rule that gives two answers to one question is not pure, and stays closed. */
const wavering: Refused = {
  allowed: false,
  code: 'UNAVAILABLE',
  leaf: 'a rule that answers twice differently',
  missing: [],
}

/** The error for a question that was just refused, told by asking again. */
function refuse(place: string, tree: Tree, question: Question): AppError {
  if (!question.asked?.principal) return new AppError('INTERNAL', `${place}: the context has no principal`)
  const decision = trace(tree, question)
  return refusalError(place, decision.allowed ? wavering : decision)
}

/** Whether a rule looks at more than the caller and the object. */
function readsMore(tree: Tree): boolean {
  return leavesOf(tree).some((leaf) => leaf.kind === 'object' && leaf.readsArgs)
}

function keysOf(path: GraphQLResolveInfo['path']): (string | number)[] {
  return path.prev ? [...keysOf(path.prev), path.key] : [path.key]
}

/** The refusal as graphql-js would wrap it, made here so that the wrapping collects no stack either. */
function locate(error: AppError, { fieldNodes, path }: GraphQLResolveInfo): GraphQLError {
  return withoutStack(
    () => new GraphQLError(error.message, { nodes: fieldNodes, path: keysOf(path), originalError: error }),
  )
}

/** `next` behind a test. What a test throws is told by the second asking. */
function guard(place: string, tree: Tree, test: Test, next: Resolver): Resolver {
  return (parent, args, asked, info) => {
    let allowed = false
    try {
      allowed = test(parent, args, asked as Asked, info.path.prev, info)
    } catch {}
    if (allowed) return next(parent, args, asked, info)
    throw locate(refuse(place, tree, { asked: asked as Asked, parent, args, info }), info)
  }
}

/**
 * Reads this property and no other, where graphql-js's own reads the one that `info.fieldName` names: an executor that
 * mixes up its infos must not make the guard of one field answer with another.
 */
function propertyOf(name: string): Resolver {
  return (parent, args, asked, info) => {
    if ((typeof parent !== 'object' && typeof parent !== 'function') || parent === null) return undefined
    const value: unknown = (parent as Record<string, unknown>)[name]
    return typeof value === 'function' ? value.call(parent, args, asked, info) : value
  }
}

export interface Enforcement {
  readonly schema: GraphQLSchema
  readonly decisions: Decisions
  readonly callers: Callers
}

type Wrap = (next: Resolver) => Resolver

function wrapField(name: string, config: FieldConfig, wrap: Wrap): FieldConfig {
  return {
    ...config,
    resolve: wrap(config.resolve ?? propertyOf(name)),
  }
}

/** Puts the same guard in front of the event source and of each event: a subscription must not start for the refused. */
function wrapSource(name: string, config: FieldConfig, wrap: Wrap): FieldConfig {
  return {
    ...wrapField(name, config, wrap),
    subscribe: wrap(config.subscribe ?? propertyOf(name)),
  }
}

/** Puts the decision of a field in front of it; a field that everyone may read stays as it is. */
function deciding({ schema, decisions, callers }: Enforcement, known?: Known): Refit {
  return (type, name, config) => {
    const place = `${type.name}.${name}`
    const tree: Tree = decisions.get(place) ?? { kind: 'constant', allowed: false }
    const open = fold(tree, known)
    if (open.kind === 'constant' && open.allowed) return config
    const test = compile(open, callers)
    const isSource = type === schema.getSubscriptionType()
    const guarded = (isSource ? wrapSource : wrapField)(name, config, (next) => guard(place, tree, test, next))
    if (!config.resolve && guarded.resolve && !readsMore(open)) markGuarded(guarded.resolve, { test })
    return guarded
  }
}

/** The schema with every decision in front of its field. */
export function enforce(enforcement: Enforcement): GraphQLSchema {
  return rebuild(enforcement.schema, deciding(enforcement))
}

/** Lets root fields answer nobody who has other grants. */
function fencing({ schema, callers }: Enforcement, grants: string): Refit {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
  return (type, name, config) => {
    if (!roots.has(type)) return config
    const refit = type === schema.getSubscriptionType() ? wrapSource : wrapField
    return refit(name, config, (next) => (parent, args, asked, info) => {
      if (callers.grantsOf((asked as Asked).principal) === grants) return next(parent, args, asked, info)
      throw new AppError('INTERNAL', `${type.name}.${name}: the schema of another grant set`)
    })
  }
}

/** The schema for one grant set. Its roots refuse a caller who has another: no mix-up can lend rights. */
export function specialise(enforcement: Enforcement, grants: string): GraphQLSchema {
  const { callers } = enforcement
  const known: Known = (leaf) => {
    const slot = callers.slotOf(leaf)
    return slot === undefined ? undefined : grants[slot] === '1'
  }
  const [decide, fence] = [deciding(enforcement, known), fencing(enforcement, grants)]
  return rebuild(enforcement.schema, (type, name, config) => fence(type, name, decide(type, name, config)))
}
