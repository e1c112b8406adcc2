/** Apollo Server as we run it: every default that matters is said by name. */
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { Log } from '@fieldnotes/core/log'
import type { GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'
import { publicError } from './errors.ts'
import { observe } from './observe.ts'

export interface GraphqlSettings {
  readonly schema: GraphQLSchema
  readonly introspection: boolean
  readonly log: Log
  /** Milliseconds. */
  readonly now: () => number
}

/** Apollo's own lines, as lines of ours. */
const loggerOf = (log: Log) => ({
  debug: () => {},
  info: () => {},
  warn: (message?: unknown) => log('warn', 'apollo', { message: String(message) }),
  error: (message?: unknown) => log('error', 'apollo', { message: String(message) }),
})

/** The GraphQL server behind the handler. */
export const createGraphql = ({ schema, introspection, log, now }: GraphqlSettings): ApolloServer<Context> =>
  new ApolloServer<Context>({
    schema,
    introspection,
    nodeEnv: 'production',
    logger: loggerOf(log),
    formatError: publicError,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    stringifyResult: JSON.stringify,
    plugins: [
      observe(log, now),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
