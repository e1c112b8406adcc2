/** Names of the executors of GraphQL operations, for settings that select one. */

/**
 * `plans`: a query is compiled at its first request, and later requests run the plan. `graphql-js`: graphql-js's own
 * `execute`, for everything. Data and errors are the same.
 * @example
 * ```ts
 * import { executors } from '@fieldnotes/core/executors'
 *
 * const help = `EXECUTOR is one of ${executors.join(', ')}`
 * ```
 */
export const executors = ['plans', 'graphql-js'] as const

/** The name of an executor. */
export type Executor = (typeof executors)[number]

/**
 * Whether a text, such as the value of an environment variable, is the name of an executor.
 * @example
 * ```ts
 * import { isExecutor } from '@fieldnotes/core/executors'
 *
 * const { EXECUTOR = 'plans' } = process.env
 * const executor = isExecutor(EXECUTOR) ? EXECUTOR : 'plans'
 * ```
 */
export function isExecutor(text: string): text is Executor {
  return executors.some((name) => name === text)
}
