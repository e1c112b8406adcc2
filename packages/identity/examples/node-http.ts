import { createServer } from 'node:http'
import { createIdentity } from '@fieldnotes/identity/identity'

const issuer = 'https://auth.example.com'
const resource = 'https://api.example.com/'
const identity = createIdentity({
  issuers: [
    {
      kind: 'oidc',
      name: 'auth',
      issuer,
      jwksUri: `${issuer}/jwks`,
      audience: resource,
      algorithms: ['ES256'],
      scopes: {},
    },
  ],
  resource,
  loopbackIssuers: 'refuse',
  environment: process.env,
  log: (level, event, fields) => console.log(level, event, fields),
})

/** `headersDistinct`, because `headers` hides a second Authorization header. */
createServer(async ({ headersDistinct }, response) => {
  try {
    const caller = await identity.requireCaller(headersDistinct)
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ hello: caller.id }))
  } catch (error) {
    const { status, headers, body } = identity.errorResponse(error)
    response.writeHead(status, headers).end(JSON.stringify(body))
  }
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
