import { cors } from '@fieldnotes/core/cors'
import { stage } from './stage'

/** The HTTP API: browsers' first question (CORS), the flood gate, and one log line a request. Who may do what is the function's business. */
export const gateway = new sst.aws.ApiGatewayV2('Api', {
  ...(stage.domain && { domain: stage.domain }),
  cors: {
    allowOrigins: [...stage.origins],
    allowMethods: [...cors.allowMethods],
    allowHeaders: [...cors.allowHeaders],
    exposeHeaders: [...cors.exposeHeaders],
    // Bearer tokens, never cookies.
    allowCredentials: false,
    maxAge: `${cors.maxAgeSeconds} seconds`,
  },
  transform: {
    api: (args) => {
      // With a domain of its own there is one way in.
      args.disableExecuteApiEndpoint = stage.domain !== null
    },
    logGroup: (args, options) => {
      args.retentionInDays = stage.logDays
      options.retainOnDelete = stage.keep
    },
    stage: (args) => {
      args.defaultRouteSettings = {
        throttlingRateLimit: stage.throttle.rate,
        throttlingBurstLimit: stage.throttle.burst,
      }
    },
  },
})

/** Our own name as a protected resource (RFC 9728 §2): what tokens are for, and what metadata is published about. */
export const resource = $interpolate`${gateway.url}/graphql`
