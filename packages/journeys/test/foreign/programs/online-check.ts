/** A program of a foreign project: prints how the account check of a Firebase issuer ends. */
import { AppError } from '@fieldnotes/core/error'
import type { User } from '@fieldnotes/core/principal'
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
const user = {
  kind: 'user',
  id: 'x',
  issuer: 'firebase',
  subject: 'person-1',
  clientId: undefined,
  scopes: new Set<string>(),
  groups: new Set<string>(),
  authenticatedAt: 1,
  tokenId: undefined,
  loginId: undefined,
  actor: undefined,
  thirdParty: false,
  boundTo: undefined,
  via: 'bearer',
  expiresAt: 1,
  name: undefined,
  email: undefined,
} satisfies User

const error = await identity.checkAccount(user).catch((thrown: unknown) => thrown)
if (!(error instanceof AppError)) throw error
const cause = error.cause instanceof Error ? error.cause.message : ''
console.log(JSON.stringify({ code: error.code, reason: error.reason, cause, loaded }))
