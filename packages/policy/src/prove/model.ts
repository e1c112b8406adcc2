/** A policy as a subject of statements: its rules, the relations between their atoms, and how to make examples. */
import type { Principal } from '@fieldnotes/core/principal'
import type { GraphQLSchema } from 'graphql'
import { type Decisions, readDecisions } from '../decide/check-table.ts'
import type { Leaf } from '../rule/leaf.ts'
import type { RuleTable } from '../rule/rule-table.ts'
import { leavesOf, readTree, type Tree } from '../rule/tree.ts'
import type { Rule } from '../rules.ts'

/** Makes an object for which the rules give these results. */
export type ExampleOf = (holds: (rule: Rule) => boolean, caller: Principal) => unknown

/** Further objects for which the rules give the same results as for an example. */
export type VariantsOf = (example: unknown, caller: Principal) => readonly unknown[]

/** How a request reaches an object of a type. */
export interface Way {
  /** The fields from the root to the object, such as `['Query.note', 'Note.owner']`. */
  readonly through: readonly string[]
  /** The objects that this way leads to; all objects when undefined. */
  readonly given?: Rule
}

/** `Type.field` → arguments. */
export type Inputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** What the rules alone do not say. */
export interface Knowledge {
  /** Rules that allow every caller at every object, such as `not(and(mine, shared))`. */
  readonly relations?: readonly Rule[]
  /** By type. Without one, the counterexamples of a type have no object. */
  readonly examples?: Readonly<Record<string, ExampleOf>>
  /**
   * By type: what the rules do not read, or read as a whole, in other values. Two tests of one name are compared at the
   * example and its variants.
   */
  readonly variants?: Readonly<Record<string, VariantsOf>>
  /** By type. Without any, the shortest way through the schema. */
  readonly ways?: Readonly<Record<string, readonly Way[]>>
  /** By field: arguments that are optional in the schema, and that a request needs nevertheless. */
  readonly inputs?: Inputs
}

/** The subject of proofs. */
export interface Model {
  readonly schema: GraphQLSchema
  readonly decisions: Decisions
  readonly relations: readonly Tree[]
  readonly examples: Readonly<Record<string, ExampleOf>>
  readonly variants: Readonly<Record<string, VariantsOf>>
  readonly ways: Readonly<Record<string, readonly Way[]>>
  readonly inputs: Inputs
}

/**
 * Atoms are compared by name: of two rules with one name, one would be taken for the other.
 * @param more rules beside those of the table and of the relations
 * @throws TypeError for such rules
 * @internal
 */
export function assertOneMeaning({ decisions, relations }: Model, more: readonly Tree[]): void {
  const known = new Map<string, Leaf>()
  for (const leaf of [...decisions.values(), ...relations, ...more].flatMap(leavesOf)) {
    if ((known.get(leaf.name) ?? leaf) !== leaf) throw new TypeError(`two rules are called "${leaf.name}"`)
    known.set(leaf.name, leaf)
  }
}

/**
 * Reads a table of rules for proofs.
 * @throws PolicyError for a table that does not start
 * @throws TypeError for a relation with a rule that only has the name of one in the table
 * @example
 * ```ts
 * import { createModel, field, never, prove, when } from '@fieldnotes/policy/prove'
 * import { allow, not, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const table = { Query: { book: allow }, Book: { title: allow, draft: signedIn } }
 * const model = createModel(types, table)
 * const [proof] = prove(model, { 'Drafts need a sign-in': never(field('Book.draft'), when(not(signedIn))) })
 * proof?.holds // true
 * ```
 */
export function createModel<Types>(
  schema: GraphQLSchema,
  table: RuleTable<Types>,
  { relations = [], examples = {}, variants = {}, ways = {}, inputs = {} }: Knowledge = {},
): Model {
  const decisions = readDecisions(schema, table)
  const model = { schema, decisions, relations: relations.map(readTree), examples, variants, ways, inputs }
  assertOneMeaning(model, [])
  return model
}
