/** Records the decisions of a share of the requests, for `npm run whatif`. Other requests run as without it. */
import type { ApolloServerPlugin } from '@apollo/server'
import type { Log } from '@fieldnotes/core/log'
import type { GraphQLSchema } from 'graphql'
import type { Context } from '../resolvers/context.ts'
import type { ApolloOptions } from './apollo-server.ts'
import { createDecisionRecorder } from './decision-recording.ts'

export interface SampleOptions {
  /** The share of the requests, from 0 to 1. */
  readonly share: number
  /** The schema that decides. */
  readonly observed: GraphQLSchema
  readonly log: Log
  /** From 0 to below 1. */
  readonly random: () => number
}

/** Options of a server that records a share of its requests. With the share 0 they are the given ones. */
export function sampleDecisions<Options extends Pick<ApolloOptions, 'schemaFor' | 'plugins'>>(
  options: Options,
  { share, observed, log, random }: SampleOptions,
): Options {
  if (share === 0) return options
  const { schema, logOf } = createDecisionRecorder(observed, log)
  const logging: ApolloServerPlugin<Context> = {
    requestDidStart: async () => ({ willSendResponse: async ({ contextValue }) => logOf(contextValue) }),
  }
  const { schemaFor, plugins = [] } = options
  return {
    ...options,
    schemaFor: (principal) => (random() < share ? schema : schemaFor(principal)),
    plugins: [...plugins, logging],
  }
}
