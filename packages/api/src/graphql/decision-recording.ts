/** The recorder of decisions, in the log, without ids and without contents. Made only where they are recorded. */
import type { Log } from '@fieldnotes/core/log'
import { recordedIn, recording } from '@fieldnotes/policy/recording-schema'
import type { GraphQLSchema } from 'graphql'
import { rules } from '../rules.ts'

export interface DecisionRecorder {
  /** Operations that run on it are recorded. */
  readonly schema: GraphQLSchema
  /** Logs one line: the caller's facts once, and each different decision with its count. Nothing without a record. */
  readonly logOf: (context: object) => void
}

/** @param observed the schema that decides */
export function createDecisionRecorder(observed: GraphQLSchema, log: Log): DecisionRecorder {
  return {
    schema: recording(observed, rules),
    logOf: (context) => {
      const { decisions, dropped } = recordedIn(context)
      const [first] = decisions
      if (!first) return
      const record = { caller: first.caller, decisions: decisions.map(({ caller: _caller, ...rest }) => rest) }
      log('info', 'decisions', { record: JSON.stringify(record), dropped })
    },
  }
}
