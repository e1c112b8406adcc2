import { AppError } from '@fieldnotes/core/error'
import type { Service, User } from '@fieldnotes/core/principal'
import { createIdentity } from '@fieldnotes/identity/identity'
import { fastify } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    caller: User | Service
  }
}

const auth = { name: 'auth', issuer: 'https://auth.example.com', jwksUri: 'https://auth.example.com/jwks' }
const api = { audience: 'https://api.example.com/', algorithms: ['ES256'], scopes: { read: ['notes:read'] } } as const
const checks = { loopbackIssuers: 'refuse', environment: process.env, log: console.log } as const
const identity = createIdentity({ issuers: [{ kind: 'oidc', ...auth, ...api }], resource: api.audience, ...checks })

const app = fastify()
app.decorateRequest('caller')
app.addHook('onRequest', async (request) => {
  request.caller = await identity.requireCaller(request.raw.headersDistinct)
})
app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof AppError)) throw error
  const { status, headers, body } = identity.errorResponse(error)
  return reply.code(status).headers(headers).send(body)
})
app.get('/', async ({ caller: { id, scopes } }) => ({ id, scopes: [...scopes] }))
await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
