/** Records the decisions of a share of the requests, for `npm run whatif`. Other requests run as without it. */
import type { ApolloServerPlugin } from '@apollo/server'
import type { Log } from '@fieldnotes/core/log'
import type { GraphQLSchema } from 'graphql'
import type { Context } from '../resolvers/context.ts'
import type { ApolloOptions } from './apollo-server.ts'
import type { DecisionRecorder } from './decision-recording.ts'

export interface SampleOptions {
  /** The share of the requests, from 0 to 1. */
  readonly share: number
  /** The schema that decides. */
  readonly observed: GraphQLSchema
  readonly log: Log
  /** From 0 to below 1. */
  readonly random: () => number
}

interface Loaded {
  recorder?: DecisionRecorder
}

/** Loads the recorder. Requests run unrecorded when that fails. */
async function load(loaded: Loaded, { observed, log }: SampleOptions): Promise<void> {
  try {
    const { createDecisionRecorder } = await import('./decision-recording.ts')
    loaded.recorder = createDecisionRecorder(observed, log)
  } catch (error) {
    log('error', 'decisions_not_recorded', { cause: error instanceof Error ? error.stack : undefined })
  }
}

function logging(loaded: Loaded, loading: Promise<void>): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      await loading
      return { willSendResponse: async ({ contextValue }) => loaded.recorder?.logOf(contextValue) }
    },
  }
}

/** Options of a server that records a share of its requests. With the share 0 they are the given ones. */
export function sampleDecisions<Options extends Pick<ApolloOptions, 'schemaFor' | 'plugins'>>(
  options: Options,
  sample: SampleOptions,
): Options {
  const { share, random } = sample
  if (share === 0) return options
  const loaded: Loaded = {}
  const loading = load(loaded, sample)
  const { schemaFor, plugins = [] } = options
  return {
    ...options,
    schemaFor: (principal) => (loaded.recorder && random() < share ? loaded.recorder.schema : schemaFor(principal)),
    plugins: [...plugins, logging(loaded, loading)],
  }
}
