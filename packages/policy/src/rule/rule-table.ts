/** The type of a table of rules. */
import type { Rule } from './rule-object.ts'

/**
 * One rule for each field of each object type. `Types` is generated from the schema (graphql-codegen), so that a
 * missing or misspelt field does not compile.
 */
export type RuleTable<Types> = {
  readonly [T in keyof Types]: { readonly [F in Exclude<keyof Types[T], '__typename'>]-?: Rule }
}
