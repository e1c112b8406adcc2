/** The response to a mutation by GET on a stage that refuses its document before it is parsed. */
import { AppError } from '@fieldnotes/core/error'
import { parseWithin } from '@fieldnotes/policy/document-limits'
import { getOperationAST } from 'graphql'
import type { GetParameters } from './query-string.ts'

/** The error for a mutation by GET. Its response has `allow: POST` (RFC 9110 §15.5.6). */
export const mutationByGet = new AppError('BAD_USER_INPUT', 'mutation by GET', {
  message: 'Send a mutation by POST.',
  extensions: { status: 405 },
})

/** Whether the named operation is a mutation; false for a text that can't be parsed or is beyond a limit. */
export function isMutation({ query, operationName }: GetParameters['body']): boolean {
  if (typeof query !== 'string') return false
  const name = typeof operationName === 'string' ? operationName : undefined
  try {
    return getOperationAST(parseWithin(query), name)?.operation === 'mutation'
  } catch {
    return false
  }
}
