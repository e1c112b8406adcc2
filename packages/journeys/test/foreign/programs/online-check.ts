/** A program of a foreign project: prints how the account check of a Firebase issuer ends. */
import { AppError } from '@fieldnotes/core/error'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createIdentity } from '@fieldnotes/identity/identity'
import { firebaseUrls } from '@fieldnotes/identity/issuer-urls'

const project = { kind: 'firebase', name: 'firebase', projectId: 'demo', ...firebaseUrls('demo') } as const
const loaded: string[] = []
const identity = createIdentity({
  issuers: [{ ...project, tenant: null, defaultScopes: [], scopes: {}, onlineCheck: true }],
  resource: 'https://api.example.com/',
  loopbackIssuers: 'refuse',
  environment: {},
  log: () => undefined,
  firebaseOptions: (_row, { cert }) => {
    loaded.push(typeof cert)
    return { credential: { getAccessToken: () => Promise.reject(new Error('no credential')) } }
  },
})
const user = sampleUser({ issuer: 'firebase', subject: 'person-1', authenticatedAt: 1 })

const error = await identity.checkAccount(user).catch((thrown: unknown) => thrown)
if (!(error instanceof AppError)) throw error
const cause = error.cause instanceof Error ? error.cause.message : ''
console.log(JSON.stringify({ code: error.code, reason: error.reason, cause, loaded }))
