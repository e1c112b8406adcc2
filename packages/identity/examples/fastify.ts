import { AppError } from '@fieldnotes/core/error'
import { createIdentity } from '@fieldnotes/identity/identity'
import { fastify } from 'fastify'

const auth = { name: 'auth', issuer: 'https://auth.example.com', jwksUri: 'https://auth.example.com/jwks' }
const api = { audience: 'https://api.example.com/', algorithms: ['ES256'], scopes: { read: ['notes:read'] } } as const
const checks = { loopbackIssuers: 'refuse', environment: process.env, log: console.log } as const
const identity = createIdentity({ issuers: [{ kind: 'oidc', ...auth, ...api }], resource: api.audience, ...checks })

const app = fastify()
app.get('/', async ({ raw }) => {
  const { id, scopes } = await identity.requireCaller(raw.headersDistinct)
  return { id, scopes: [...scopes] }
})
app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof AppError)) throw error
  const { status, headers, body } = identity.errorResponse(error)
  return reply.code(status).headers(headers).send(body)
})
await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
