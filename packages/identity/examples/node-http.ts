import { createServer } from 'node:http'
import { createIdentity } from '@fieldnotes/identity/identity'

const auth = { name: 'auth', issuer: 'https://auth.example.com', jwksUri: 'https://auth.example.com/jwks' }
const api = { audience: 'https://api.example.com/', algorithms: ['ES256'], scopes: { read: ['notes:read'] } } as const
const checks = { loopbackIssuers: 'refuse', environment: process.env, log: console.log } as const
const identity = createIdentity({ issuers: [{ kind: 'oidc', ...auth, ...api }], resource: api.audience, ...checks })

createServer(async ({ headersDistinct }, response) => {
  try {
    const { id, scopes } = await identity.requireCaller(headersDistinct)
    response.end(JSON.stringify({ id, scopes: [...scopes] }))
  } catch (error) {
    const { status, headers, body } = identity.errorResponse(error)
    response.writeHead(status, headers).end(JSON.stringify(body))
  }
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
