/** The form of what adds a remedy to a refusal. `remedy/` has the functions. */
import type { Tree } from '../rule/tree.ts'
import type { Refused } from './decision.ts'
import type { RuleInput } from './trace.ts'

/** Returns the refusal with its remedy, where there is one. `objectPath` as for `RuleTest`. */
export type AddRemedy = (refused: Refused, input: RuleInput, objectPath?: object) => Refused

/** Returns the function for the refusals of one rule, which decides a field of `type`. */
export type Remedies = (tree: Tree, type?: string) => AddRemedy
