import { gateway } from './gateway'
import { graphql } from './graphql'

/**
 * The paths of the API. The function chooses by the method, so that each wrong one gets its 405 with `allow`. An `ANY` route receives
 * preflights as well where API Gateway does not answer them itself ("Configure CORS for HTTP APIs"); the function answers those with
 * an empty 204, to which API Gateway adds its CORS headers. None has an authorizer at the gateway: one JWT authorizer knows one issuer, we
 * believe several, and a request without a token is answered too. The function judges every token itself.
 */
const routes = ['ANY /graphql', 'ANY /health', 'ANY /.well-known/oauth-protected-resource/graphql']

for (const route of routes) gateway.route(route, graphql.targetArn)
