/** The remedies of a table of rules: what they need to know that rules do not say, checked against the table. */
import type { Service, User } from '@fieldnotes/core/principal'
import type { GraphQLSchema } from 'graphql'
import type { Remedies } from '../decide/add-remedy.ts'
import type { CallerVerdicts } from '../decide/caller-verdicts.ts'
import { type Decisions, PolicyError } from '../decide/check-table.ts'
import { assertOption, hasMembers, isFunction, isRecordOf, isText, optional } from '../decide/option-checks.ts'
import { leavesOf } from '../rule/tree.ts'
import { createRemedies, withoutRemedies } from './find-remedy.ts'

/**
 * What remedies need to know that rules do not say.
 * @example
 * ```ts
 * import type { RemedyOptions } from '@fieldnotes/policy/table-remedies'
 *
 * const remedies: RemedyOptions = {
 *   shownBy: { mine: 'Book.author' },
 *   spell: (_caller, scope) => scope.replace(':', '/'),
 * }
 * ```
 */
export interface RemedyOptions {
  /**
   * For rules on the object, by name: the field from whose value a caller knows the result, as `Type.field`. A refusal
   * names scopes only when the caller may read these fields of every such rule; otherwise the remedy would reveal what
   * the object is.
   */
  readonly shownBy?: Readonly<Record<string, string>>
  /**
   * A scope as the caller's issuer spells it; `undefined` for one that this caller can't get, which is never named. By
   * default each scope has the name that the rule has.
   */
  readonly spell?: (caller: User | Service, scope: string) => string | undefined
}

const isRemedyOptions = hasMembers({ shownBy: optional(isRecordOf(isText)), spell: optional(isFunction) })

function problemOf(schema: GraphQLSchema, coordinate: string): string | undefined {
  const [typeName = '', name = ''] = coordinate.split('.')
  const type = schema.getType(typeName)
  const fields = type && 'getFields' in type ? type.getFields() : {}
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field) return `names ${coordinate}, which is not a field of the schema`
  return 'args' in field && field.args.length > 0 ? `names ${coordinate}, which has arguments` : undefined
}

interface Table {
  readonly schema: GraphQLSchema
  readonly decisions: Decisions
  readonly callers: CallerVerdicts
}

function assertRemedyOptions(options: RemedyOptions, { schema, decisions }: Table): void {
  assertOption('createPolicy.remedies', options, isRemedyOptions)
  const leaves = [...decisions.values()].flatMap(leavesOf)
  const names = new Set(leaves.flatMap(({ kind, name }) => (kind === 'object' ? [name] : [])))
  const problems = Object.entries(options.shownBy ?? {}).flatMap(([name, coordinate]) => {
    const problem = names.has(name) ? problemOf(schema, coordinate) : 'is no rule on an object of the table'
    return problem ? [`createPolicy.remedies.shownBy['${name}'] ${problem}.`] : []
  })
  if (problems.length > 0) throw new PolicyError(problems)
}

function asNamed(_caller: User | Service, scope: string): string {
  return scope
}

/**
 * The remedies of a table; none for `false`.
 * @throws PolicyError for an unknown option, a rule that the table lacks, and a field that can't be read alone
 * @internal
 */
export function remediesOf(options: RemedyOptions | false, table: Table): Remedies {
  if (options === false) return withoutRemedies
  assertRemedyOptions(options, table)
  const { shownBy = {}, spell = asNamed } = options
  return createRemedies({ ...table, shownBy, spell })
}
