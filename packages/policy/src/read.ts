/** How a field gets its value: from its resolver, or straight from a property where nobody could tell the difference. */
import { defaultFieldResolver, type GraphQLFieldResolver, getArgumentValues } from 'graphql'
import { type Guarded, guardedBy } from './guarded.ts'
import type { Asked } from './leaf.ts'
import { type Field, infoOf, type Path, type Run } from './run.ts'

/** `at` is the place of the object; `path`, where somebody needs it, that of the field. */
export type Read = (run: Run, source: unknown, at: Path | undefined, path: Path | undefined) => unknown

/** The place of a field of the object at `prev`. */
export const pathOf = ({ key, parent }: Field, prev: Path | undefined): Path => ({ prev, key, typename: parent.name })

const resolved =
  (
    field: Field,
    resolve: GraphQLFieldResolver<unknown, unknown>,
    hasArguments = field.definition.args.length > 0,
  ): Read =>
  (run, source, at, path = pathOf(field, at)) => {
    const [node] = field.nodes
    const args = node && hasArguments ? getArgumentValues(field.definition, node, run.shared.variableValues) : {}
    return resolve(source, args, run.context, infoOf(run, field, path))
  }

const none = Object.freeze({})

/** Only a clear yes counts. All else is asked again by the guard itself, which refuses and says why. */
const isAllowed = ({ test }: Guarded, { context }: Run, source: unknown, at: Path | undefined): boolean => {
  try {
    return test(source, none, context as Asked, at)
  } catch {
    return false
  }
}

/** A property of a plain object; what is anything else goes the long way. */
const property = (field: Field, long: Read, guarded: Guarded | undefined): Read => {
  const { name } = field.definition
  return (run, source, at, path) => {
    if (typeof source !== 'object' || source === null) return long(run, source, at, path)
    if (guarded && !isAllowed(guarded, run, source, at)) return long(run, source, at, path)
    const value = (source as Record<string, unknown>)[name]
    return typeof value === 'function' ? long(run, source, at, path) : value
  }
}

export interface Reading {
  readonly read: Read
  /** Whether it reads a property as a rule, and needs no path then. */
  readonly isShort: boolean
}

/** How this field is read. A field with arguments goes the long way: they may be wrong. */
export const readingOf = (field: Field): Reading => {
  const { resolve = defaultFieldResolver, args } = field.definition
  const guarded = guardedBy(resolve)
  const long = resolved(field, resolve)
  const isShort = args.length === 0 && (guarded !== undefined || resolve === defaultFieldResolver)
  return { isShort, read: isShort ? property(field, long, guarded) : long }
}
