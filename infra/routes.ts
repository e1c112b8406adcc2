import { gateway } from './gateway'
import { graphql } from './graphql'

/**
 * All that can be asked of the API. None has an authorizer at the gateway: one JWT authorizer knows one issuer, we
 * believe several, and a request without a token is answered too. The function judges every token itself.
 */
const routes = ['POST /graphql', 'GET /health', 'GET /.well-known/oauth-protected-resource/graphql']

for (const route of routes) gateway.route(route, graphql.targetArn)
