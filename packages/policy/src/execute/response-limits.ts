/** Limits on a response. A small request may select one long text under many names, or fail in every item of a list. */
import type { ExecutionResult } from 'graphql'
import { requestError } from '../decide/graphql-errors.ts'
import { limitExceeded } from '../limits/document-limits.ts'
import { amountOf } from '../limits/input-limits.ts'
import type { Execution } from './execution.ts'

export interface ResponseLimits {
  /** UTF-16 units of all strings. */
  readonly characters: number
  readonly errors: number
}

function exceeded(limit: string, max: number): ExecutionResult {
  return { errors: [requestError(limitExceeded(limit, max))] }
}

/** The response of a plan; or the limit that it exceeds. The plan counted while it ran. */
export function plannedResponse({ errors, size }: Execution, data: unknown, max: ResponseLimits): ExecutionResult {
  if (size.characters > max.characters) return exceeded('characters of the answer', max.characters)
  if (errors.isFull()) return exceeded('errors of the answer', max.errors)
  const found = data as ExecutionResult['data'] & {}
  return errors.list.length === 0 ? { data: found } : { errors: errors.list, data: found }
}

/** Whether the strings of a value have more than `max` UTF-16 units together. */
function isLonger(value: unknown, max: number): boolean {
  return amountOf(value, { values: Number.POSITIVE_INFINITY, characters: max }).characters > max
}

/**
 * The response of graphql-js; or the limit that it exceeds. graphql-js counts nothing, so that it is measured
 * here.
 */
export function measuredResponse(response: ExecutionResult, max: ResponseLimits): ExecutionResult {
  if (isLonger(response.data, max.characters)) return exceeded('characters of the answer', max.characters)
  if ((response.errors?.length ?? 0) > max.errors) return exceeded('errors of the answer', max.errors)
  return response
}
