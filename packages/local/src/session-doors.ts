/** Browser sessions on the laptop: both functions, with the local user pool as the provider. */

import { loadOnce } from '@fieldnotes/core/load-once'
import type { SessionFunctionName } from '@fieldnotes/core/session-routes'
import type { OwnIssuerConfig, ProviderConfig, SessionConfig } from '@fieldnotes/session/config'
import type { Context as Invocation } from 'aws-lambda'
import type { DoorOptions } from './doors.ts'
import type { Handler } from './gateway/gateway.ts'
import { structured } from './gateway/respond.ts'
import { ownClientSecret } from './issuers/own-issuer.ts'
import { poolPath, sessionClientId } from './issuers/token-claims.ts'
import { appClient, clientSecret } from './pool/clients.ts'

type Event = Parameters<Handler>[0]

/** Both functions, and the pass of one. */
export interface SessionDoors {
  readonly handlers: Readonly<Record<SessionFunctionName, () => Promise<Handler>>>
  /** Informs providers and issuers of what has ended. Returns how much is left. */
  readonly informPending: () => Promise<number>
}

/**
 * The functions by name. Both are loaded at the first request of one, or at the first pass that has something to do.
 */
export function sessionDoors(options: DoorOptions): SessionDoors {
  const load = loadOnce(() => createSessions(options))
  return {
    handlers: { session: async () => (await load()).session, entry: async () => (await load()).entry },
    informPending: async () => (await load()).informPending(),
  }
}

/** Loads the deployed code. A refresh that is due is a call in this process. */
async function createSessions({ url, config, folderSecret, issuerSignOuts, createHandler, log }: DoorOptions) {
  const [{ createSessionFunction }, { createEntry }, { createLocalKeys }, { createEnsureProfile }] = await Promise.all([
    import('@fieldnotes/session/session-function'),
    import('@fieldnotes/session/entry'),
    import('@fieldnotes/session/local-keys'),
    import('@fieldnotes/api/profiles'),
  ])
  const shared = { loopbackIssuers: 'trust', environment: {}, log } as const
  const settings = sessionConfigOf({ url, config, folderSecret })
  const keys = createLocalKeys(folderSecret)
  const { handler, refresh, informPending } = createSessionFunction(settings, { ...shared, keys, issuerSignOuts })
  const graphql = await createHandler({ ...config, via: 'session' })
  const entry = createEntry(settings, {
    ...shared,
    refresh,
    ensureProfile: createEnsureProfile(config),
    graphql: async (event, invocation) => structured(await graphql(event, invocation)),
  })
  return { session: atOrigin(url, handler), entry, informPending }
}

/** The configuration of sessions at a cloud. */
export function sessionConfigOf({
  url,
  config,
  folderSecret,
}: Pick<DoorOptions, 'url' | 'config' | 'folderSecret'>): SessionConfig {
  const { resource, issuers, access } = config
  const provider = providerAt(url, folderSecret)
  return { origin: url, provider, ownIssuer: ownIssuerAt(url, folderSecret), resource, issuers, access }
}

/** Our own issuer, for people of Firebase. */
function ownIssuerAt(url: string, folderSecret: string): OwnIssuerConfig {
  const [issuer, clientId] = [`${url}/oauth`, 'firebase-session'] as const
  const clientSecret = ownClientSecret(clientId, folderSecret)
  return { issuer, tokenEndpoint: `${issuer}/token`, revocationEndpoint: `${issuer}/revoke`, clientId, clientSecret }
}

/** The local user pool. Unlike Cognito, it names itself in its answers (RFC 9207). */
function providerAt(url: string, folderSecret: string): ProviderConfig {
  const issuer = `${url}${poolPath}`
  return {
    issuer,
    authorizationEndpoint: `${issuer}/oauth2/authorize`,
    tokenEndpoint: `${issuer}/oauth2/token`,
    revocationEndpoint: `${issuer}/oauth2/revoke`,
    logoutEndpoint: `${issuer}/logout`,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    clientId: sessionClientId,
    clientSecret: clientSecret(folderSecret, sessionClientId),
    scope: appClient(sessionClientId)?.scopes.join(' ') ?? '',
    namesItself: true,
  }
}

/** As every response of these functions has them. */
const redirectHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** A browser that uses the other name of this machine signs in at the origin's, to which the provider returns. */
function atOrigin(url: string, handler: Handler): Handler {
  const { host } = new URL(url)
  return async (event: Event, invocation: Invocation) => {
    const isSignIn = event.rawPath === '/session/login' && event.requestContext.http.method === 'GET'
    if (!isSignIn || event.headers.host === host) return handler(event, invocation)
    const location = `${url}${event.rawPath}?${event.rawQueryString}`
    return {
      statusCode: 303,
      headers: { ...redirectHeaders, location, 'x-request-id': event.requestContext.requestId },
    }
  }
}
