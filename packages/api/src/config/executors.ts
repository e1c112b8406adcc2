/**
 * Names of the executors, for settings. The engine is imported as a type only: it would load graphql-js for every
 * command of the laptop.
 */
import type { Executor } from '@fieldnotes/policy/graphql-engine'

export type { Executor }

/** `plans`: compiled plans; `graphql-js`: graphql-js's own `execute`. */
export const executors = ['plans', 'graphql-js'] as const satisfies readonly Executor[]
