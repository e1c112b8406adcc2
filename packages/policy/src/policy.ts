/** A table of rules, compiled: the enforced schema, and single decisions by the same rules. */
import { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'
import { assertValidSchema, type GraphQLSchema } from 'graphql'
import type { Remedies } from './decide/add-remedy.ts'
import { assertPrincipal, isPrincipal, missingPrincipal } from './decide/assert-principal.ts'
import { type CallerVerdicts, createCallerVerdicts } from './decide/caller-verdicts.ts'
import { type Decisions, readDecisions } from './decide/check-table.ts'
import { compileRule, type RuleTest } from './decide/compile-rule.ts'
import type { Decision } from './decide/decision.ts'
import { type Enforcement, enforce, specialise } from './decide/enforce.ts'
import { responseError } from './decide/graphql-errors.ts'
import { assertOption, hasMembers, isLimit, optional } from './decide/option-checks.ts'
import { trace } from './decide/trace.ts'
import { createLru } from './limits/lru.ts'
import { type RemedyOptions, remediesOf } from './remedy/table-remedies.ts'
import type { CallerLeaf, RuleContext } from './rule/leaf.ts'
import { leavesOf, readTree } from './rule/tree.ts'
import type { Rule, RuleTable } from './rules.ts'

/** Specialised schemas that are kept by default. */
const grantSetsMax = 64

export interface PolicyOptions {
  /** How many specialised schemas are kept; 64 by default. */
  readonly grantSetsMax?: number
  /** What remedies need to know that the rules do not say; `false` for refusals without remedies. */
  readonly remedies?: RemedyOptions | false
}

export interface Policy {
  /** The schema with every decision in front of its field, for any executor. Its context is a `RuleContext`. */
  readonly schema: GraphQLSchema
  /**
   * The same schema, in which the rules on this caller are already decided. Only for this caller and callers with the
   * same grant set: the root fields refuse all others with INTERNAL.
   */
  readonly schemaFor: (principal: Principal) => GraphQLSchema
  /**
   * The decision on the field at a schema coordinate, such as `Note.title`.
   * @throws AppError INTERNAL for a coordinate that the table lacks, and without a principal
   */
  readonly decide: (principal: Principal, coordinate: string, parent?: unknown, args?: unknown) => Decision
  /**
   * Whether `rule` allows the caller at `parent`: for fields such as `viewerCan`, by the rules of the table.
   * @throws GraphQLError UNAVAILABLE when the rule throws; INTERNAL when the context has no principal
   */
  readonly judge: (rule: Rule, context: RuleContext, parent: unknown, args?: unknown) => boolean
}

function callerLeaves(decisions: Decisions): readonly CallerLeaf[] {
  return [...new Set([...decisions.values()].flatMap(leavesOf).filter((leaf) => leaf.kind === 'caller'))]
}

function createSchemaFor(enforcement: Enforcement, schema: GraphQLSchema, max: number): Policy['schemaFor'] {
  const schemas = createLru<string, GraphQLSchema>(max)
  return (principal) => {
    const grants = enforcement.callers.grantsOf(principal)
    return grants === undefined ? schema : schemas.get(grants, () => specialise(enforcement, grants))
  }
}

function decideBy(decisions: Decisions, remedies: Remedies): Policy['decide'] {
  const known = new Map([...decisions].map(([name, tree]) => [name, remedies(tree, name.split('.')[0])]))
  return (principal, coordinate, parent, args = {}) => {
    const tree = decisions.get(coordinate)
    if (!tree) throw new AppError('INTERNAL', `no such field in the policy: ${coordinate}`)
    assertPrincipal(principal, coordinate)
    const input = { context: { principal }, parent, args }
    const decision = trace(tree, input)
    return decision.allowed ? decision : (known.get(coordinate)?.(decision, input) ?? decision)
  }
}

function judgeBy(callers: CallerVerdicts): Policy['judge'] {
  const tests = new WeakMap<Rule, RuleTest>()
  return (rule, context, parent, args = {}) => {
    if (!isPrincipal(context?.principal)) throw responseError(missingPrincipal('judge'))
    const test = tests.get(rule) ?? compileRule(readTree(rule), callers)
    tests.set(rule, test)
    try {
      return test(parent, args, context)
    } catch (cause) {
      throw responseError(new AppError('UNAVAILABLE', 'a rule could not be judged', { cause }))
    }
  }
}

/** `remedies` has a check of its own, which reads the table. */
const isPolicyOptions = hasMembers({ grantSetsMax: optional(isLimit), remedies: () => [] })

/**
 * Compiles `table` against `schema`. The schema is copied, not changed.
 * @throws PolicyError for a field without a rule, for a rule that does not fit its field, and for a wrong option
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { createPolicy } from '@fieldnotes/policy/policy'
 * import { allow, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema, graphql } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const { schema, decide } = createPolicy(types, table)
 * decide(anonymous, 'Book.draft') // { allowed: false, code: 'UNAUTHENTICATED', … }
 * await graphql({ schema, source: '{ book { title } }', contextValue: { principal: anonymous } })
 * ```
 */
export function createPolicy<Types>(
  schema: GraphQLSchema,
  table: RuleTable<Types>,
  options: PolicyOptions = {},
): Policy {
  assertValidSchema(schema)
  assertOption('createPolicy', options, isPolicyOptions)
  const decisions = readDecisions(schema, table)
  const callers = createCallerVerdicts(callerLeaves(decisions))
  const { remedies: known = {} } = options
  const remedies = remediesOf(known, { schema, decisions, callers })
  const enforcement: Enforcement = { schema, decisions, callers, remedies }
  const enforced = enforce(enforcement)
  return {
    schema: enforced,
    schemaFor: createSchemaFor(enforcement, enforced, options.grantSetsMax ?? grantSetsMax),
    decide: decideBy(decisions, remedies),
    judge: judgeBy(callers),
  }
}
