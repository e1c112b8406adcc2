/** The schema with each field's decision in front of its resolver. */
import { AppError } from '@fieldnotes/core/error'
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql'
import type { RuleContext } from '../rule/leaf.ts'
import { leavesOf, type Tree } from '../rule/tree.ts'
import type { Remedies } from './add-remedy.ts'
import type { CallerVerdicts } from './caller-verdicts.ts'
import type { Decisions } from './check-table.ts'
import { compileRule } from './compile-rule.ts'
import { fieldError } from './graphql-errors.ts'
import { guardResolver } from './guard-resolver.ts'
import { type KnownLeaves, partiallyEvaluate } from './partial-evaluation.ts'
import { markPropertyGuard } from './property-guards.ts'
import { type FieldConfig, type RebuildField, rebuildSchema } from './rebuild-schema.ts'

type Resolver = GraphQLFieldResolver<unknown, unknown>

/** Whether a rule reads more than the caller and the object. */
function readsMore(tree: Tree): boolean {
  return leavesOf(tree).some((leaf) => leaf.kind === 'object' && leaf.readsArgs)
}

/**
 * Reads the property `name` and no other. graphql-js's own resolver reads the property that `info.fieldName` names: an
 * executor that confuses infos could then make the guard of one field return another.
 */
function propertyResolver(name: string): Resolver {
  return (parent, args, context, info) => {
    if ((typeof parent !== 'object' && typeof parent !== 'function') || parent === null) return undefined
    const value: unknown = (parent as Record<string, unknown>)[name]
    return typeof value === 'function' ? value.call(parent, args, context, info) : value
  }
}

export interface Enforcement {
  readonly schema: GraphQLSchema
  readonly decisions: Decisions
  readonly callers: CallerVerdicts
  readonly remedies: Remedies
}

type Wrap = (next: Resolver) => Resolver

function wrapField(name: string, config: FieldConfig, wrap: Wrap): FieldConfig {
  return { ...config, resolve: wrap(config.resolve ?? propertyResolver(name)) }
}

/** Guards the event source and each event: the source of a subscription must not start for a refused caller. */
function wrapSource(name: string, config: FieldConfig, wrap: Wrap): FieldConfig {
  return { ...wrapField(name, config, wrap), subscribe: wrap(config.subscribe ?? propertyResolver(name)) }
}

/** Guards every field by its decision. A field that every caller may read stays as it is. */
function guardField({ schema, decisions, callers, remedies }: Enforcement, known?: KnownLeaves): RebuildField {
  return (type, name, config) => {
    const coordinate = `${type.name}.${name}`
    const tree: Tree = decisions.get(coordinate) ?? { kind: 'constant', allowed: false }
    const open = partiallyEvaluate(tree, known)
    if (open.kind === 'constant' && open.allowed) return config
    const test = compileRule(open, callers)
    const isSource = type === schema.getSubscriptionType()
    const addRemedy = remedies(tree, type.name)
    const wrap: Wrap = (next) => guardResolver({ coordinate, tree, test, addRemedy }, next)
    const guarded = (isSource ? wrapSource : wrapField)(name, config, wrap)
    if (!config.resolve && guarded.resolve && !readsMore(open)) markPropertyGuard(guarded.resolve, { test })
    return guarded
  }
}

/** The schema with every decision in front of its field. */
export function enforce(enforcement: Enforcement): GraphQLSchema {
  return rebuildSchema(enforcement.schema, guardField(enforcement))
}

/** Makes root fields refuse every caller with other grants. */
function guardRoots({ schema, callers }: Enforcement, grants: string): RebuildField {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
  return (type, name, config) => {
    if (!roots.has(type)) return config
    const wrap = type === schema.getSubscriptionType() ? wrapSource : wrapField
    return wrap(name, config, (next) => (parent, args, context, info) => {
      if (callers.grantsOf((context as RuleContext).principal) === grants) return next(parent, args, context, info)
      throw fieldError(new AppError('INTERNAL', `${type.name}.${name}: the schema of another grant set`), info)
    })
  }
}

/** A schema specialised for one grant set. It rejects callers with a different one. */
export function specialise(enforcement: Enforcement, grants: string): GraphQLSchema {
  const { callers } = enforcement
  const known: KnownLeaves = (leaf) => {
    const index = callers.indexOf(leaf)
    return index === undefined ? undefined : grants[index] === '1'
  }
  const [guard, guardRoot] = [guardField(enforcement, known), guardRoots(enforcement, grants)]
  return rebuildSchema(enforcement.schema, (type, name, config) => guardRoot(type, name, guard(type, name, config)))
}
