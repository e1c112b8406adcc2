import { cors } from '@fieldnotes/core/cors'
import { stage } from './current-stage'

/** The HTTP API: CORS preflights, throttling, and one log line per request. Authorization is the function's task. */
export const gateway = new sst.aws.ApiGatewayV2('Api', {
  ...(stage.domain && { domain: stage.domain }),
  cors: {
    allowOrigins: [...stage.origins],
    allowMethods: [...cors.allowMethods],
    allowHeaders: [...cors.allowHeaders],
    exposeHeaders: [...cors.exposeHeaders],
    // The API accepts bearer tokens, never cookies.
    allowCredentials: false,
    maxAge: `${cors.maxAgeSeconds} seconds`,
  },
  transform: {
    api: (args) => {
      // With a custom domain, the default endpoint is disabled.
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

/**
 * Identifier of the API as a protected resource (RFC 9728 §2): the audience of its tokens, and the subject of its
 * metadata.
 */
export const resource = $interpolate`${gateway.url}/graphql`
