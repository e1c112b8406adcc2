/**
 * Everything that the local cloud serves except the endpoint: GraphiQL, the issuers' documents, and tokens for
 * GraphiQL.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { assetAt } from './graphiql/assets.ts'
import { isOwnPage, tokenFor } from './graphiql/page-tokens.ts'
import { discovery } from './issuers/discovery.ts'
import type { LocalIssuer } from './issuers/local-issuers.ts'
import { isOurs } from './pages/requests.ts'

/** Answers a request and resolves to true, or resolves to false for a path that is not its own. */
export type Site = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

function send(response: ServerResponse, contentType: string, body: string | Buffer, status = 200): true {
  response.writeHead(status, {
    'content-type': contentType,
    'content-security-policy': csp,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(body)
  return true
}

function refuseToken(response: ServerResponse): true {
  return send(response, 'text/plain', 'Tokens are for pages of this origin and for terminals.', 403)
}

/** The site for these issuers and their documents. */
export function createSite(issuers: readonly LocalIssuer[], documents = discovery(issuers)): Site {
  return async ({ method, url = '/', headers }, response) => {
    if (method !== 'GET' || !isOurs(headers.host)) return false
    const [path = ''] = url.split('?')
    const document = documents.get(path)
    if (document) return send(response, 'application/json', JSON.stringify(document))
    const asset = assetAt(path)
    if (asset) return send(response, asset.contentType, asset.body)
    const token = await tokenFor(issuers, path)
    if (token === undefined) return false
    response.setHeader('cross-origin-resource-policy', 'same-origin')
    return isOwnPage(headers['sec-fetch-site']) ? send(response, 'text/plain', token) : refuseToken(response)
  }
}
