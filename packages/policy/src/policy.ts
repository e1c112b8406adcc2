import { AppError } from '@fieldnotes/core/error'
import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql'
import { type Asked, allow, and, chain, deny, not, or, type Rule, type RuleTable, race } from './rules.ts'

export interface Policy {
  /** The schema with every decision in front of its field. */
  readonly schema: GraphQLSchema
  /** Whether `rule` lets `principal` at `parent`: for `viewerCan`, from the same rules. */
  readonly judge: (rule: Rule, asked: Asked, parent: unknown, args?: unknown) => boolean
}

type Test = (parent: unknown, args: unknown, asked: Asked) => boolean
type Logic = { rules: Rule[] }

const logic: readonly [abstract new (...args: never[]) => unknown, (tests: Test[]) => Test][] = [
  [allow.constructor as never, () => () => true],
  [deny.constructor as never, () => () => false],
  [
    and().constructor as never,
    (tests) =>
      (...asked) =>
        tests.every((test) => test(...asked)),
  ],
  [
    chain().constructor as never,
    (tests) =>
      (...asked) =>
        tests.every((test) => test(...asked)),
  ],
  [
    or().constructor as never,
    (tests) =>
      (...asked) =>
        tests.some((test) => test(...asked)),
  ],
  [
    race().constructor as never,
    (tests) =>
      (...asked) =>
        tests.some((test) => test(...asked)),
  ],
  [
    not(allow).constructor as never,
    ([test]) =>
      (...asked) =>
        test !== undefined && !test(...asked),
  ],
]

const compile = (rule: Rule): Test => {
  const found = logic.find(([type]) => rule instanceof type)
  if (found) return found[1]((rule as unknown as Logic).rules.map(compile))
  const leaf = (rule as unknown as { func: (...asked: unknown[]) => unknown }).func
  return (parent, args, asked) => leaf(parent, args, asked) === true
}

const guarded = (rule: Rule, resolve: GraphQLFieldResolver<unknown, Asked>): GraphQLFieldResolver<unknown, Asked> => {
  const test = compile(rule)
  return (parent, args, asked, info) => {
    if (test(parent, args, asked)) return resolve(parent, args, asked, info)
    throw new AppError(asked.principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN', 'refused by rule')
  }
}

/** Puts every rule in front of its field. Throws when a field has no decision. */
export const createPolicy = <Types>(schema: GraphQLSchema, table: RuleTable<Types>): Policy => {
  const rules = table as Record<string, Record<string, Rule>>
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const rule = rules[type.name]?.[field.name]
      if (!rule) throw new Error(`${type.name}.${field.name} has no rule. Add one to the table, or \`deny\`.`)
      if (rule !== allow) field.resolve = guarded(rule, field.resolve ?? defaultFieldResolver)
    }
  }
  return { schema, judge: (rule, asked, parent, args = {}) => compile(rule)(parent, args, asked) }
}
