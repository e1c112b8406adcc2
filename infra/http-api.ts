import { cors } from '@fieldnotes/core/cors'
import { type RouteRow, routeKeysOf } from '@fieldnotes/core/routes'
import { stage } from './current-stage'
import { kept } from './kept'

/** What differs between our HTTP APIs. */
interface HttpApi {
  readonly domain: string | null
  readonly rows: readonly RouteRow[]
  /** The routes. API Gateway refuses settings of a route that does not exist, so the stage is created after them. */
  readonly definedRoutes: () => Promise<$util.Input<$util.Resource>[]>
}

/** Requests per second and burst of a route. Both are at least 1, because 0 refuses every request. */
function throttleOf({ throttle }: Pick<RouteRow, 'throttle'>) {
  return {
    throttlingRateLimit: Math.max(1, Math.floor(stage.throttle.rate * throttle)),
    throttlingBurstLimit: Math.max(1, Math.floor(stage.throttle.burst * throttle)),
  }
}

/** Settings of the routes that accept only a part of the stage's requests. */
function settingsOfRoutes(rows: readonly RouteRow[]) {
  return rows
    .filter(({ throttle }) => throttle < 1)
    .flatMap((row) => routeKeysOf(row).map((routeKey) => ({ routeKey, ...throttleOf(row) })))
}

interface AccessLog {
  readonly destinationArn: string
  readonly format: string
}

/** Adds why an integration failed: without it a missing function and a response over 6 MB look alike. */
function withErrors(settings: AccessLog | undefined): AccessLog {
  if (!settings) throw new Error('SST sets no access log')
  const format = { ...JSON.parse(settings.format), integrationError: '$context.integrationErrorMessage' }
  return { ...settings, format: JSON.stringify(format) }
}

/**
 * An HTTP API: CORS preflights, throttling, and one log line per request. CORS and the access log are the same for all
 * routes, because an HTTP API has no others.
 */
export function httpApi(component: string, { domain, rows, definedRoutes }: HttpApi): sst.aws.ApiGatewayV2 {
  const routeSettings = settingsOfRoutes(rows)
  return new sst.aws.ApiGatewayV2(component, {
    ...(domain && { domain }),
    cors: {
      allowOrigins: [...stage.origins],
      allowMethods: [...cors.allowMethods],
      allowHeaders: [...cors.allowHeaders],
      exposeHeaders: [...cors.exposeHeaders],
      // Pages of other origins send bearer tokens, never cookies.
      allowCredentials: false,
      maxAge: `${cors.maxAgeSeconds} seconds`,
    },
    transform: {
      api: (args, options, name) => {
        // With a custom domain, the default endpoint is disabled.
        args.disableExecuteApiEndpoint = domain !== null
        // Without one, apps and issuers have noted its address, which a new API would not have.
        Object.assign(options, kept(name))
      },
      logGroup: (args, options, name) => {
        args.retentionInDays = stage.logDays
        Object.assign(options, kept(name))
      },
      stage: (args, options) => {
        args.defaultRouteSettings = throttleOf({ throttle: 1 })
        if (routeSettings.length > 0) args.routeSettings = routeSettings
        args.accessLogSettings = $output(args.accessLogSettings).apply(withErrors)
        options.dependsOn = definedRoutes()
      },
    },
  })
}
