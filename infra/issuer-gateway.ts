import { issuerRoutes } from '@fieldnotes/issuer/issuer-routes'
import { issuerPaths } from '@fieldnotes/issuer/metadata'
import { stage } from './current-stage'
import { httpApi } from './http-api'

/** The HTTP API of the issuer: a host of its own, so that its pages share no origin with an app. */
export const issuerGateway = httpApi('IssuerApi', {
  domain: stage.issuerDomain,
  rows: issuerRoutes,
  definedRoutes: async () => (await import('./issuer')).routes.map(({ nodes }) => nodes.route),
})

/** `iss` of the issuer's tokens. It does not use the gateway's own `url`, for the reason that `resource` has. */
export const issuerUrl = stage.issuerDomain
  ? `https://${stage.issuerDomain}${issuerPaths.issuer}`
  : $interpolate`${issuerGateway.nodes.api.apiEndpoint}${issuerPaths.issuer}`
