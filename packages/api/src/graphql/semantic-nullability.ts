/**
 * The check of `@semanticNonNull`, in development only: a field with the directive that is null without an error is a
 * bug, and becomes one.
 */
import { AppError } from '@fieldnotes/core/error'
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getDirectiveValues,
  isObjectType,
} from 'graphql'

type Resolver = GraphQLFieldResolver<unknown, unknown>
type Field = GraphQLField<unknown, unknown>

/** The list dimensions in which the field may not be null: 0 is the field itself. Empty without the directive. */
export function nonNullLevels(schema: GraphQLSchema, { astNode }: Pick<Field, 'astNode'>): ReadonlySet<number> {
  const directive = schema.getDirective('semanticNonNull')
  const values = directive && astNode ? getDirectiveValues(directive, astNode) : undefined
  return new Set((values?.levels as readonly number[] | undefined) ?? [])
}

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

/** Puts the check behind every resolver of a new schema, which it changes, and returns it. */
export function withNullChecks(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType))
    for (const field of Object.values(type.getFields())) {
      const levels = nonNullLevels(schema, field)
      if (levels.size === 0) continue
      field.resolve = checkedResolver(field.resolve ?? defaultFieldResolver, levels, `${type.name}.${field.name}`)
    }
  return schema
}
