/** Checks of a valid operation before it runs: its kind, its cost with the variables of the request, introspection. */
import { AppError } from '@fieldnotes/core/error'
import { type Admission, createAdmission } from '@fieldnotes/policy/create-admission'
import { allow, inGroup } from '@fieldnotes/policy/rules'
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { limits } from '../notes/limits.ts'

/**
 * Values in a response, with every list at its largest: 80 notes with all fields, tags and shares, or 1,000 with scalar
 * fields.
 */
export const costMax = 25_000

/** Items of lists without a page size. `Query.tags` has no limit; it counts as one full page. */
const listSizes = { 'Note.tags': limits.tags, 'Note.shares': limits.sharesPerNote, 'Query.tags': limits.pageSize }

/** The endpoint's admission. In development every caller may read the schema, on a deployed stage the group `staff`. */
export function admissionOf({ development }: { readonly development: boolean }): Admission {
  return createAdmission({
    cost: { costMax, pageSizeMax: limits.pageSize, listSize: limits.pageSizeDefault, listSizes },
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
