/**
 * The check of `@semanticNonNull`, in development only: a field with the directive that is null without an error is a
 * bug, and becomes one.
 */
import { AppError } from '@fieldnotes/core/error'
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import { nonNullLevels } from '../generated/non-null-levels.ts'

type Resolver = GraphQLFieldResolver<unknown, unknown>

/** A list may hold promises, which fail by themselves. */
function checked(value: unknown, levels: ReadonlySet<number>, coordinate: string, level = 0): unknown {
  if (value instanceof Promise) return value.then((settled) => checked(settled, levels, coordinate, level))
  if (value instanceof Error) return value
  if (value === null || value === undefined) {
    if (levels.has(level)) throw new AppError('INTERNAL', `${coordinate} is null without an error (@semanticNonNull)`)
    return value
  }
  return Array.isArray(value) ? value.map((item) => checkedItem(item, levels, coordinate, level + 1)) : value
}

/** An item that fails is an error of its own, beside the other items. */
function checkedItem(item: unknown, levels: ReadonlySet<number>, coordinate: string, level: number): unknown {
  try {
    return checked(item, levels, coordinate, level)
  } catch (error) {
    return error
  }
}

function checkedResolver(next: Resolver, levels: ReadonlySet<number>, coordinate: string): Resolver {
  return (parent, args, context, info) => checked(next(parent, args, context, info), levels, coordinate)
}

/** The levels by the schema coordinate of the field. */
type Levels = Readonly<Record<string, readonly number[]>>

/** Puts the check behind every resolver of a new schema, which it changes, and returns it. */
export function withNullChecks(schema: GraphQLSchema, levels: Levels = nonNullLevels): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType))
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`
      const own = levels[coordinate]
      if (own) field.resolve = checkedResolver(field.resolve ?? defaultFieldResolver, new Set(own), coordinate)
    }
  return schema
}
