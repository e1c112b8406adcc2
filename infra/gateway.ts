import { rowsOf } from '@fieldnotes/core/routes'
import { stage } from './current-stage'
import { httpApi } from './http-api'
import { stageRoutes } from './stage-routes'

/** The HTTP API of the endpoint and of the doors beside it. */
export const gateway = httpApi('Api', {
  domain: stage.domain,
  rows: rowsOf(stageRoutes),
  definedRoutes: async () => (await import('./routes')).routes.map(({ nodes }) => nodes.route),
})

/**
 * Identifier of the API as a protected resource (RFC 9728 §2): the audience of its tokens, and the subject of its
 * metadata. It does not use the gateway's own `url`, which waits for the stage: the functions, which the routes need,
 * would wait for their own routes.
 */
export const resource = stage.domain
  ? `https://${stage.domain}/graphql`
  : $interpolate`${gateway.nodes.api.apiEndpoint}/graphql`
