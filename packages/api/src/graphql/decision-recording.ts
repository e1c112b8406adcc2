/**
 * Records the decisions of a sample of the requests in the log, without ids and without contents: for `npm run whatif`.
 */
import type { ApolloServerPlugin } from '@apollo/server'
import type { Log } from '@fieldnotes/core/log'
import { recordedIn, recording } from '@fieldnotes/policy/recording-schema'
import type { GraphQLSchema } from 'graphql'
import type { Context } from '../resolvers/context.ts'
import { rules } from '../rules.ts'
import type { ApolloOptions } from './apollo-server.ts'

type Recorded = Pick<ApolloOptions, 'schemaFor' | 'plugins'>

export interface RecordingOptions {
  /** The share of the requests, from 0 to 1. */
  readonly share: number
  /** The schema that decides. */
  readonly observed: GraphQLSchema
  readonly log: Log
  /** From 0 to below 1. */
  readonly random: () => number
}

/** Logs one line per request: the caller's facts once, and each different decision with its count. */
function logged(log: Log): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue }) {
          const { decisions, dropped } = recordedIn(contextValue)
          const [first] = decisions
          if (!first) return
          const record = { caller: first.caller, decisions: decisions.map(({ caller: _caller, ...rest }) => rest) }
          log('info', 'decisions', { record: JSON.stringify(record), dropped })
        },
      }
    },
  }
}

/** Options of a server that records a share of its requests. With the share 0 they are the given ones. */
export function recordingDecisions<Options extends Recorded>(
  options: Options,
  { share, observed, log, random }: RecordingOptions,
): Options {
  if (share === 0) return options
  const schema = recording(observed, rules)
  const { schemaFor, plugins = [] } = options
  return {
    ...options,
    schemaFor: (principal) => (random() < share ? schema : schemaFor(principal)),
    plugins: [...plugins, logged(log)],
  }
}
