/** What a valid operation must pass before it runs: cost with these variables, and who may look at the schema. */
import { AppError } from '@fieldnotes/core/error'
import { type Admission, createAdmission } from '@fieldnotes/policy/admission'
import { allow, inGroup } from '@fieldnotes/policy/rules'
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql'

/** Values that an answer may hold, lists at their largest: 80 notes with all their fields, tags and shares, or 1,000 with the plain ones. */
export const costMax = 25_000

/** Items of the largest page. */
export const pageSizeMax = 100

/** Items that a list without a page size may hold, as the schema says. */
const listSizes = { 'Note.tags': 20, 'Note.shares': 50, 'Query.tags': 100 }

/** The endpoint's limits. The schema is open to everybody on a developer's machine, and to staff elsewhere. */
export function admissionOf({ development }: { readonly development: boolean }): Admission {
  return createAdmission({
    cost: { costMax, pageSizeMax, listSize: 20, listSizes },
    introspection: development ? allow : inGroup('cognito:staff'),
  })
}

/**
 * The operation that is asked for. graphql-js fails only when it runs what it can't find, or a subscription where the schema
 * has none: nothing of either shall run.
 * @throws BAD_USER_INPUT when the document has no such operation, or the schema no such kind of operation
 */
export function assertKind(
  schema: GraphQLSchema,
  found: OperationDefinitionNode | null | undefined,
): OperationDefinitionNode {
  if (!found) throw new AppError('BAD_USER_INPUT', 'operation name', { message: 'Name an operation of the document.' })
  const { operation } = found
  if (schema.getRootType(operation)) return found
  throw new AppError('BAD_USER_INPUT', 'kind of operation', { message: `There is no ${operation} here.` })
}
