/** Checks of a valid operation before it runs: its kind, its cost with the variables of the request, introspection. */
import { AppError } from '@fieldnotes/core/error'
import { createMeasuredAdmission, type MeasuredAdmission } from '@fieldnotes/policy/create-admission'
import { allow, inGroup } from '@fieldnotes/policy/rules'
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { costLimit } from './cost-limit.ts'

/** The endpoint's admission. In development every caller may read the schema, on a deployed stage the group `staff`. */
export function admissionOf({ development }: { readonly development: boolean }): MeasuredAdmission {
  return createMeasuredAdmission({
    cost: costLimit,
    introspection: development ? allow : inGroup('cognito:staff'),
  })
}

/**
 * The operation of the request, checked before anything runs: graphql-js reports these errors only while it executes.
 * @throws BAD_USER_INPUT when the document has no such operation, or the schema no root type for its kind
 */
export function assertOperation(
  schema: GraphQLSchema,
  found: OperationDefinitionNode | null | undefined,
): OperationDefinitionNode {
  if (!found) throw new AppError('BAD_USER_INPUT', 'operation name', { message: 'Name an operation of the document.' })
  const { operation } = found
  if (schema.getRootType(operation)) return found
  throw new AppError('BAD_USER_INPUT', 'kind of operation', { message: `There is no ${operation} here.` })
}
