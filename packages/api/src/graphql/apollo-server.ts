/** Apollo Server with our settings. Every default that matters is set by name. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { ApolloServerPluginDisableSuggestions } from '@apollo/server/plugin/disableSuggestions'
import type { Executor } from '@fieldnotes/core/executors'
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import type { MeasuredAdmission } from '@fieldnotes/policy/create-admission'
import { charactersOf } from '@fieldnotes/policy/document-facts'
import { limitsDefault } from '@fieldnotes/policy/document-limits'
import type { GraphQLSchema } from 'graphql'
import type { Context } from '../resolvers/context.ts'
import { createApolloGateway } from './apollo-gateway.ts'
import { createAccountCheck } from './checked-mutations.ts'
import { createDeprecatedUse } from './deprecated-use.ts'
import { createDocumentCache } from './document-cache.ts'
import { createHttpStatus } from './http-status.ts'
import { createDecisionCounter } from './refused-decisions.ts'
import { createRequestLog } from './request-log.ts'
import { createResultFormat } from './result-format.ts'

export interface ApolloOptions {
  readonly schema: GraphQLSchema
  /** The schema on which the operations of a caller run. */
  readonly schemaFor: (principal: Principal) => GraphQLSchema
  /** Checks a valid operation. */
  readonly admission: MeasuredAdmission
  /** `plans` when undefined. */
  readonly executor: Executor | undefined
  readonly log: Log
  readonly identity: Pick<Identity, 'challenge' | 'metadataUrl' | 'checkAccount'>
  /** Milliseconds. */
  readonly now: () => number
  /** Plugins of development. */
  readonly plugins?: readonly ApolloServerPlugin<Context>[]
}

/** The options that make responses explain their decisions. */
export type Explanation = Required<Pick<ApolloOptions, 'schemaFor' | 'plugins'>>

/** Writes Apollo's warnings and errors to our log. */
function loggerOf(log: Log) {
  return {
    debug: () => {},
    info: () => {},
    warn: (message?: unknown) => log('warn', 'apollo', { message: String(message) }),
    error: (message?: unknown) => log('error', 'apollo', { message: String(message) }),
  }
}

/**
 * Apollo's default plugins, switched off by name, so that the bundle does not contain them (`esbuild.external` in
 * infra).
 */
function disabledPlugins(): readonly ApolloServerPlugin<Context>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginDisableSuggestions(),
    // The inline trace loads protobuf at every start.
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ]
}

/** The GraphQL server of the endpoint. */
export function createApolloServer(options: ApolloOptions): ApolloServer<Context> {
  const { schema, identity, log, now, plugins = [] } = options
  return new ApolloServer<Context>({
    gateway: createApolloGateway({ ...options, checkAccount: createAccountCheck(identity.checkAccount) }),
    // The executor validates, after it has checked the limits of the document.
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: limitsDefault.tokens },
    // Admission decides for each caller who may read the schema.
    introspection: true,
    // Automatic persisted queries.
    cache: createDocumentCache((text: string) => text.length),
    documentStore: createDocumentCache(charactersOf),
    nodeEnv: 'production',
    logger: loggerOf(log),
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    ...createResultFormat(),
    // The order matters: the log has the status that was set before.
    plugins: [
      createHttpStatus(identity),
      createRequestLog({ log, now }),
      createDecisionCounter(log),
      createDeprecatedUse(schema, log),
      ...plugins,
      ...disabledPlugins(),
    ],
  })
}
