/** All checks between validation and execution, as one function for any server. */
import type { Principal } from '@fieldnotes/core/principal'
import type { Rule } from '../rule/rule-object.ts'
import type { CostLimits, Operation } from './cost.ts'
import { createCostGate } from './cost-gate.ts'
import { assertWithin, type DocumentLimits, limitsDefault } from './document-limits.ts'
import { assertInputs, type InputLimits, inputLimitsDefault } from './input-limits.ts'
import { assertIntrospection } from './introspection.ts'

export interface AdmissionOptions {
  readonly limits?: DocumentLimits
  readonly cost: CostLimits
  /** Limits on all arguments, each variable counted as often as it is used. */
  readonly inputs?: InputLimits
  /** Who may read the schema, such as `deny` or `inGroup(…)`. */
  readonly introspection: Rule
}

/** @throws GraphQLError LIMIT_EXCEEDED, or the refusal of the introspection rule */
export type Admission = (operation: Operation, principal: Principal) => void

/** Checks valid operations. Checks that depend on the document alone run once per document. */
export function createAdmission({
  limits = limitsDefault,
  inputs = inputLimitsDefault,
  cost,
  introspection,
}: AdmissionOptions): Admission {
  const assertCost = createCostGate(cost)
  return (operation, principal) => {
    assertWithin(operation.document, limits)
    assertIntrospection(operation.document, principal, introspection)
    assertInputs(operation, inputs)
    assertCost(operation)
  }
}
