/** All checks between validation and execution, as one function for any server. */
import type { Principal } from '@fieldnotes/core/principal'
import { Kind, type OperationDefinitionNode } from 'graphql'
import { isPrincipal, missingPrincipal } from '../decide/assert-principal.ts'
import { requestError } from '../decide/graphql-errors.ts'
import { assertOption, hasMembers, optional } from '../decide/option-checks.ts'
import type { Rule } from '../rule/rule-object.ts'
import { readTree, UnfitRule } from '../rule/tree.ts'
import type { CostLimits, Operation } from './cost.ts'
import { createCostWithin, isCostLimits } from './cost-gate.ts'
import { assertWithin, type DocumentLimits, isDocumentLimits, limitsDefault } from './document-limits.ts'
import { assertInputs, type InputLimits, inputLimitsDefault, isInputLimits } from './input-limits.ts'
import { assertIntrospection } from './introspection.ts'

export interface AdmissionOptions {
  readonly limits?: DocumentLimits
  readonly cost: CostLimits
  /** Limits on all arguments, each variable counted as often as it is used. */
  readonly inputs?: InputLimits
  /** Who may read the schema, such as `deny` or `inGroup(…)`. */
  readonly introspection: Rule
}

/**
 * Checks one operation, or each operation of the document when the request names none of several.
 * @throws GraphQLError LIMIT_EXCEEDED, the refusal of the introspection rule, or INTERNAL without a principal
 */
export type Admission = (operation: Operation, principal: Principal) => void

/**
 * An admission that returns the cost, of several operations the largest: units for a limit on how much a caller uses.
 */
export type MeasuredAdmission = (operation: Operation, principal: Principal) => number

function ruleFaults(path: string, rule: unknown): readonly string[] {
  try {
    readTree(rule)
    return []
  } catch (error) {
    if (!(error instanceof UnfitRule)) throw error
    return [`${path}: ${error.message}.`]
  }
}

/** The options of `createAdmission`, each with its check. */
const admissionChecks = {
  limits: optional(isDocumentLimits),
  cost: isCostLimits,
  inputs: optional(isInputLimits),
  introspection: ruleFaults,
}

/** A server may know the name of the operation only after its hooks, and pass none. */
function possibleOperations(operation: Operation): readonly Operation[] {
  const { document, operationName } = operation
  if ((operationName ?? undefined) !== undefined || document.definitions.length === 1) return [operation]
  return document.definitions
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .map(({ name }) => ({ ...operation, operationName: name?.value }))
}

/**
 * Checks valid operations. Checks that depend on the document alone run once per document.
 * @throws PolicyError for a wrong option
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { createAdmission } from '@fieldnotes/policy/create-admission'
 * import { inGroup } from '@fieldnotes/policy/rules'
 * import { buildSchema, parse } from 'graphql'
 *
 * const cost = { costMax: 5000, listSize: 20, pageSizeMax: 100 }
 * const admit = createAdmission({ cost, introspection: inGroup('cognito:staff') })
 * const schema = buildSchema('type Query { notes(first: Int): [String] }')
 * const document = parse('query ($first: Int) { notes(first: $first) }')
 * admit({ schema, document, variables: { first: 100 } }, anonymous)
 * ```
 */
export function createAdmission(options: AdmissionOptions): Admission {
  assertOption('createAdmission', options, hasMembers(admissionChecks))
  const admit = createMeasuredAdmission(options)
  return (request, principal) => void admit(request, principal)
}

/**
 * Creates an admission that returns the cost of what it admits.
 * @throws PolicyError for wrong options
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { createMeasuredAdmission } from '@fieldnotes/policy/create-admission'
 * import { allow } from '@fieldnotes/policy/rules'
 * import { buildSchema, parse } from 'graphql'
 *
 * const admit = createMeasuredAdmission({ cost: { costMax: 5000 }, introspection: allow })
 * const schema = buildSchema('type Query { me: String }')
 * const cost = admit({ schema, document: parse('{ me }') }, anonymous)
 * ```
 */
export function createMeasuredAdmission(options: AdmissionOptions): MeasuredAdmission {
  assertOption('createMeasuredAdmission', options, hasMembers(admissionChecks))
  const { limits = limitsDefault, inputs = inputLimitsDefault, cost, introspection } = options
  const costWithin = createCostWithin(cost)
  return (request, principal) => {
    if (!isPrincipal(principal)) throw requestError(missingPrincipal('admission'))
    assertWithin(request.document, limits)
    assertIntrospection(request.document, principal, introspection)
    const costs = possibleOperations(request).map((operation) => {
      assertInputs(operation, inputs)
      return costWithin(operation)
    })
    return Math.max(0, ...costs)
  }
}
