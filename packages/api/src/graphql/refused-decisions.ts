/**
 * Counts the refused decisions of a request by type, code and rule. All three are names of the schema and of
 * `rules.ts`: a client chooses none of them, so that the number of metrics is bounded.
 */
import type { ApolloServerPlugin } from '@apollo/server'
import type { ErrorCode } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import { refusedFieldIn } from '@fieldnotes/policy/graphql-errors'
import type { Context } from '../resolvers/context.ts'

/** Decisions of one request that were refused alike. */
export interface RefusedDecisions {
  /** The type of the refused fields, such as `Note`; `__schema` for introspection. */
  readonly type: string
  readonly code: ErrorCode
  /** The name of the rule that decided; alternatives that all refused are joined by `|`. */
  readonly rule: string
  readonly count: number
}

/** The counts of all errors that are refusals of a rule. */
export function refusedDecisionsIn(errors: readonly unknown[]): readonly RefusedDecisions[] {
  const counted = new Map<string, RefusedDecisions>()
  for (const error of errors) {
    const found = refusedFieldIn(error)
    if (!found) continue
    const [type = ''] = found.coordinate.split('.', 1)
    const { code, leaf: rule } = found.refused
    const key = `${type}\n${code}\n${rule}`
    counted.set(key, { type, code, rule, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()]
}

/** The plugin: one log line for each type, code and rule, however many fields were refused. */
export function createDecisionCounter(log: Log): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async ({ contextValue: { requestId } }) => ({
      didEncounterErrors: async ({ errors }) => {
        for (const counted of refusedDecisionsIn(errors)) log('info', 'decisions_refused', { requestId, ...counted })
      },
    }),
  }
}
