/** Decisions in front of resolvers. */
import { AppError } from '@fieldnotes/core/error'
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import type { Callers } from './callers.ts'
import type { Decisions } from './check.ts'
import { type Refused, refusalError } from './decision.ts'
import { compile, type Test } from './evaluate.ts'
import { fold, type Known } from './fold.ts'
import type { Asked } from './leaf.ts'
import { type FieldConfig, rebuild } from './rebuild.ts'
import { type Question, trace } from './trace.ts'
import type { Tree } from './tree.ts'

type Resolver = GraphQLFieldResolver<unknown, unknown>

/** A rule that gives two answers to one question is not pure, and stays closed. */
const wavering: Refused = {
  allowed: false,
  code: 'UNAVAILABLE',
  leaf: 'a rule that answers twice differently',
  missing: [],
}

/** The error for a question that was just refused, told by asking again. */
const refuse = (place: string, tree: Tree, question: Question): AppError => {
  if (!question.asked?.principal) return new AppError('INTERNAL', `${place}: the context has no principal`)
  const decision = trace(tree, question)
  return refusalError(place, decision.allowed ? wavering : decision)
}

/** `next` behind a test. What a test throws is told by the second asking. */
const guard = (place: string, tree: Tree, test: Test, next: Resolver): Resolver => {
  const passes: Test = (parent, args, asked, info) => {
    try {
      return test(parent, args, asked, info)
    } catch {
      return false
    }
  }
  return (parent, args, asked, info) => {
    if (passes(parent, args, asked as Asked, info)) return next(parent, args, asked, info)
    throw refuse(place, tree, { asked: asked as Asked, parent, args, info })
  }
}

export interface Enforcement {
  readonly schema: GraphQLSchema
  readonly decisions: Decisions
  readonly callers: Callers
}

/**
 * Reads this property and no other, where graphql-js's own reads the one that `info.fieldName` names: an executor that
 * mixes up its infos must not make the guard of one field answer with another.
 */
const propertyResolver =
  (name: string): Resolver =>
  (parent, args, asked, info) => {
    if ((typeof parent !== 'object' && typeof parent !== 'function') || parent === null) return undefined
    const value: unknown = (parent as Record<string, unknown>)[name]
    return typeof value === 'function' ? value.call(parent, args, asked, info) : value
  }

/** Puts the same guard in front of the event source and of each event: a subscription must not start for the refused. */
const refitField = (
  config: FieldConfig,
  { name, isSource }: { readonly name: string; readonly isSource: boolean },
  wrap: (next: Resolver) => Resolver,
): FieldConfig => ({
  ...config,
  resolve: wrap(config.resolve ?? propertyResolver(name)),
  ...(isSource && { subscribe: wrap(config.subscribe ?? defaultFieldResolver) }),
})

/** The schema with every decision in front of its field; fields that everyone may read stay as they are. */
export const enforce = ({ schema, decisions, callers }: Enforcement, known?: Known): GraphQLSchema =>
  rebuild(schema, (type, name, config) => {
    const place = `${type.name}.${name}`
    const tree: Tree = decisions.get(place) ?? { kind: 'constant', allowed: false }
    const open = fold(tree, known)
    if (open.kind === 'constant' && open.allowed) return config
    const test = compile(open, callers)
    const isSource = type === schema.getSubscriptionType()
    return refitField(config, { name, isSource }, (next) => guard(place, tree, test, next))
  })

const rootsOf = (schema: GraphQLSchema): ReadonlySet<string | undefined> =>
  new Set([schema.getQueryType()?.name, schema.getMutationType()?.name, schema.getSubscriptionType()?.name])

/** The schema for one grant set. Its roots refuse a caller who has another: no mix-up can lend rights. */
export const specialise = (enforcement: Enforcement, grants: string): GraphQLSchema => {
  const { schema, callers } = enforcement
  const roots = rootsOf(schema)
  const known: Known = (leaf) => {
    const slot = callers.slotOf(leaf)
    return slot === undefined ? undefined : grants[slot] === '1'
  }
  const belongs: Test = (_parent, _args, asked) => callers.grantsOf(asked.principal) === grants
  return rebuild(enforce(enforcement, known), (type, name, config) => {
    if (!roots.has(type.name)) return config
    const isSource = type.name === schema.getSubscriptionType()?.name
    return refitField(config, { name, isSource }, (next) => (parent, args, asked, info) => {
      if (belongs(parent, args, asked as Asked)) return next(parent, args, asked, info)
      throw new AppError('INTERNAL', `${type.name}.${name}: the schema of another grant set`)
    })
  })
}
