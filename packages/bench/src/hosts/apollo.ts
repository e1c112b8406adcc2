/**
 * Apollo Server behind its own Lambda integration: with defaults, and with everything disabled that this endpoint does
 * not use.
 */
import { ApolloServer, type ApolloServerOptions } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { handlers, startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda'
import type { GraphQLSchema } from 'graphql'
import type { Handler } from '../contract/peer.ts'
import { type Context, callerOf } from '../world/callers.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Options that make Apollo fastest without a change of its answers. */
export const lean = {
  introspection: false,
  persistedQueries: false,
  plugins: [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ],
} satisfies Partial<ApolloServerOptions<Context>>

/** A Lambda handler of Apollo for this schema; `options` are Apollo's. */
export function onApollo(schema: GraphQLSchema, options: Partial<ApolloServerOptions<Context>> = {}): Handler {
  const settings = { schema, includeStacktraceInErrorResponses: false, logger: silent, ...options }
  const server = new ApolloServer<Context>(settings as ApolloServerOptions<Context>)
  // The integration is CommonJS, so it sees the types of the other copy of Apollo.
  const handler = startServerAndCreateLambdaHandler(
    server as never,
    handlers.createAPIGatewayProxyEventV2RequestHandler(),
    {
      context: async ({ event }) => ({ principal: callerOf(event.headers.authorization) }),
    },
  )
  return handler as unknown as Handler
}
