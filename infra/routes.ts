import { gateway } from './gateway'
import { graphql } from './graphql'

/**
 * Routes of the API. The function checks the method, so that a wrong one gets 405 with `allow`. An `ANY` route also
 * receives preflights that API Gateway does not answer itself ("Configure CORS for HTTP APIs"); the function answers
 * those with an empty 204, to which API Gateway adds its CORS headers. `$default` receives every other path, so that a
 * 404 has the headers and the form of every response. No route has an authorizer at the gateway: a JWT authorizer
 * supports one issuer, we trust several, and a request without a token is answered too. The function verifies every
 * token itself.
 */
const routes = ['ANY /graphql', 'ANY /health', 'ANY /.well-known/oauth-protected-resource/graphql', '$default']

for (const route of routes) gateway.route(route, graphql.targetArn)
