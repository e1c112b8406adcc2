/** Apollo Server as we run it: every default that matters is said by name. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { ApolloServerPluginDisableSuggestions } from '@apollo/server/plugin/disableSuggestions'
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import type { Admission } from '@fieldnotes/policy/admission'
import { charactersOf } from '@fieldnotes/policy/facts'
import { limitsDefault } from '@fieldnotes/policy/limits'
import type { GraphQLSchema } from 'graphql'
import { createAccountCheck } from './confirm.ts'
import type { Context } from './context.ts'
import { publicError } from './errors.ts'
import { executorOf } from './executor.ts'
import { createMemory } from './memory.ts'
import { observe } from './observe.ts'

export interface GraphqlSettings {
  readonly schema: GraphQLSchema
  /** The schema on which this caller's operations run. */
  readonly schemaFor: (principal: Principal) => GraphQLSchema
  /** What an operation must pass once it is valid. */
  readonly admission: Admission
  readonly log: Log
  readonly identity: Pick<Identity, 'challenge' | 'checkAccount'>
  /** Milliseconds. */
  readonly now: () => number
  /** What development adds. */
  readonly plugins?: readonly ApolloServerPlugin<Context>[]
}

/** What makes answers explain themselves. */
export type Explanation = Required<Pick<GraphqlSettings, 'schemaFor' | 'plugins'>>

/** Apollo's own lines, as lines of ours. */
function loggerOf(log: Log) {
  return {
    debug: () => {},
    info: () => {},
    warn: (message?: unknown) => log('warn', 'apollo', { message: String(message) }),
    error: (message?: unknown) => log('error', 'apollo', { message: String(message) }),
  }
}

/** The GraphQL server behind the handler. */
export function createGraphql({
  schema,
  schemaFor,
  admission,
  identity,
  log,
  now,
  plugins = [],
}: GraphqlSettings): ApolloServer<Context> {
  return new ApolloServer<Context>({
    gateway: executorOf({ schema, schemaFor, admission, checkAccount: createAccountCheck(identity.checkAccount) }),
    // The executor validates, once it knows that the document is within the limits.
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: limitsDefault.tokens },
    // Who may look at the schema is decided by admission, caller by caller.
    introspection: true,
    // Apollo's automatic persisted queries and its parsed documents, both bounded by us. Its own cache is not even loaded.
    cache: createMemory((text: string) => text.length),
    documentStore: createMemory(charactersOf),
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
      observe({ log, now, challenge: identity.challenge }),
      ...plugins,
      ApolloServerPluginCacheControlDisabled(),
      // Said by name as well, so that it is not a file of its own to load.
      ApolloServerPluginDisableSuggestions(),
      // Would load protobuf at every start, to see that this is no subgraph.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
}
