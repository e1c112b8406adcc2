import { stage } from './current-stage'
import { gateway } from './gateway'
import { kept } from './kept'

/** AWS's policy `Managed-CachingDisabled`: no answer is stored (CloudFront, "Use managed cache policies"). */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'

/**
 * Statuses whose answers CloudFront caches for 10 seconds by itself, `no-store` or not ("Error caching minimum TTL").
 */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

/** Seconds that CloudFront waits for the gateway: as long as the gateway waits for a function. SST sets 20. */
const originReadTimeout = 30

/** The API without the router: with a domain, its default endpoint is disabled. */
const api = stage.domain ? `https://${stage.domain}` : gateway.nodes.api.apiEndpoint

/**
 * One origin for the web app, the API and browser sessions: CloudFront in front of the gateway. SST's route passes
 * every header but `Host`, every cookie and every query string on. It writes no log.
 */
function createRouter() {
  return new sst.aws.Router('Origin', {
    ...(stage.webDomain && { domain: stage.webDomain }),
    routes: { '/*': { url: api, cachePolicy: cachingDisabled } },
    transform: {
      cdn: (args) => {
        args.customErrorResponses = errorCodes.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }))
        args.origins = $output(args.origins).apply((origins) =>
          origins.map(({ customOriginConfig, ...origin }) => ({
            ...origin,
            ...(customOriginConfig && { customOriginConfig: { ...customOriginConfig, originReadTimeout } }),
          })),
        )
        // The functions need its name alone, which it has long before all of CloudFront knows it.
        args.wait = false
        args.transform = {
          // Without a domain, its name is in the sign-in's redirects and in each browser's cookies.
          distribution: (_, options, name) => void Object.assign(options, kept(name)),
        }
      },
    },
  })
}

/** Undefined on a stage without browser sessions. */
export const router = stage.sessions ? createRouter() : undefined

/** Where browsers reach the app: scheme and host, without a slash at the end. Undefined as `router`. */
export const webOrigin = router?.url
