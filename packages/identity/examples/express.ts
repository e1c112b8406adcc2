import { AppError } from '@fieldnotes/core/error'
import { createIdentity } from '@fieldnotes/identity/identity'
import express, { type NextFunction, type Request, type Response } from 'express'

const auth = { name: 'auth', issuer: 'https://auth.example.com', jwksUri: 'https://auth.example.com/jwks' }
const api = { audience: 'https://api.example.com/', algorithms: ['ES256'], scopes: { read: ['notes:read'] } } as const
const checks = { loopbackIssuers: 'refuse', environment: process.env, log: console.log } as const
const identity = createIdentity({ issuers: [{ kind: 'oidc', ...auth, ...api }], resource: api.audience, ...checks })

const app = express()
app.get('/', async ({ headersDistinct }, response) => {
  const { id, scopes } = await identity.requireCaller(headersDistinct)
  response.json({ id, scopes: [...scopes] })
})
app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
  if (!(error instanceof AppError)) return next(error)
  const { status, headers, body } = identity.errorResponse(error)
  response.status(status).set(headers).json(body)
})
app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
