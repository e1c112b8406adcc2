/**
 * The OAuth endpoints of the local user pool: oidc-provider with Cognito's paths, token contents and lifetimes. Its own
 * pages are in `hosted/`.
 */

import { type Html, html } from '@fieldnotes/issuer/html'
import type { JWK } from 'jose'
import Provider, { type Configuration, errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { pageHeaders, pageText } from '../pages/page.ts'
import { metadataOf } from './client-metadata.ts'
import { adminScope, appClient, appClients, openidScopes } from './clients.ts'
import { accessTokens, accounts, poolResource } from './issued-tokens.ts'
import type { People } from './people/people.ts'
import type { StoredModels } from './stored-models.ts'
import { refreshSeconds, tokenSeconds } from './token-contents.ts'

/** What the endpoints need. */
export interface ProviderParts {
  readonly issuer: string
  /** Identifier of the API: the only resource for which a token can be requested (RFC 8707). */
  readonly resource: string
  readonly privateJwk: JWK
  readonly cookieKey: string
  /** The secret of the client with this id. */
  readonly secretOf: (id: string) => string
  readonly people: People
  readonly models: StoredModels
}

/**
 * A program that requests no scope gets all of its own
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html, `scope`).
 */
function defaultScope({ oidc: { params, client } }: KoaContextWithOIDC): void {
  if (params?.grant_type !== 'client_credentials' || params.scope) return
  params.scope = appClient(client?.clientId)?.scopes.join(' ')
}

/** Scopes that a client did not request are left out; one that it may not request is refused, as Cognito does. */
function resourceInfo(ctx: KoaContextWithOIDC, target: string, clientId: string, resource: string) {
  if (target !== poolResource && target !== resource) throw new errors.InvalidTarget()
  defaultScope(ctx)
  const allowed = appClient(clientId)?.scopes ?? []
  const requested = String(ctx.oidc.params?.scope ?? '').split(' ')
  if (requested.some((scope) => scope !== '' && !allowed.includes(scope)))
    throw new errors.InvalidScope('invalid_scope', '')
  return {
    scope: [...allowed, adminScope].filter((scope) => !openidScopes.includes(scope)).join(' '),
    audience: target,
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'RS256' as const } },
  }
}

function lifetimes(): Configuration['ttl'] {
  return {
    AccessToken: () => tokenSeconds,
    ClientCredentials: () => tokenSeconds,
    IdToken: tokenSeconds,
    RefreshToken: (_ctx, { iiat }) =>
      iiat === undefined ? refreshSeconds : Math.max(1, iiat + refreshSeconds - Math.floor(Date.now() / 1000)),
    Session: 3600,
    Interaction: 3600,
    Grant: refreshSeconds,
    AuthorizationCode: 300,
  }
}

const idTokenClaims = 'sub auth_time cognito:username identities token_use origin_jti event_id jti'.split(' ')

function errorPage(code: string, description: string | undefined): Html {
  return html`<p>The app sent a request that the user pool does not take: <code>${code}</code>.</p>
${description !== undefined && html`<p class="quietly">${description}</p>`}
<p>Go back to the app, and start again from there.</p>`
}

function cookies(mount: string, key: string): Configuration['cookies'] {
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true } as const
  return {
    // The path of the interaction's cookie is that of its first page, and the other pages of a sign-in are below it.
    short: cookie,
    long: { ...cookie, path: mount },
    keys: [key],
    names: { session: 'cognito', interaction: 'cognito-sign-in', resume: 'cognito-resume' },
  }
}

function features(resource: string): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    userinfo: { enabled: false },
    // Cognito has neither.
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => poolResource,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, target, client) => resourceInfo(ctx, target, client.clientId, resource),
    },
  }
}

function configuration(parts: ProviderParts, mount: string): Configuration {
  const policy = interactionPolicy.base()
  // Cognito's own apps are first parties: no page of consent.
  policy.remove('consent')
  return {
    adapter: parts.models.adapterOf,
    jwks: { keys: [parts.privateJwk as never] },
    clients: appClients.map((client) => metadataOf(client, parts.secretOf(client.id))),
    findAccount: accounts(parts.people),
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      revocation: '/oauth2/revoke',
      jwks: '/.well-known/jwks.json',
    },
    scopes: openidScopes,
    claims: {
      openid: [...idTokenClaims, 'cognito:groups'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    conformIdTokenClaims: false,
    // A request with an origin is answered like any other; `withoutCors` keeps the answer from the page that sent it.
    clientBasedCORS: () => true,
    responseTypes: ['code'],
    pkce: { required: () => true },
    extraParams: ['identity_provider', 'screen_hint'],
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // A client with a secret keeps its refresh token: a crash before it is stored loses no session.
    rotateRefreshToken: ({ oidc }) => oidc.client?.clientAuthMethod === 'none',
    expiresWithSession: () => false,
    ttl: lifetimes(),
    cookies: cookies(mount, parts.cookieKey),
    interactions: { policy, url: (_ctx, { uid }) => `${mount}/login/${uid}` },
    formats: { customizers: { jwt: accessTokens(parts.issuer, parts.people) } },
    features: features(parts.resource),
    renderError: (ctx, { error, error_description }) => {
      ctx.set(pageHeaders())
      ctx.body = pageText({ title: 'This sign-in can’t go on', body: errorPage(error, error_description) })
    },
  }
}

/** Creates the endpoints. Each authorization gets a grant of its own, which is what a revocation ends. */
export function createProvider(parts: ProviderParts): Provider {
  const provider: Provider = new Provider(parts.issuer, {
    ...configuration(parts, new URL(parts.issuer).pathname),
    loadExistingGrant: async ({ oidc: { client, session, params } }) => {
      const [clientId, accountId] = [client?.clientId ?? '', session?.accountId ?? '']
      const grant = new provider.Grant({ clientId, accountId })
      const scopes = appClient(clientId)?.scopes.join(' ') ?? ''
      grant.addOIDCScope(openidScopes.join(' '))
      for (const target of [poolResource, params?.resource]) if (target) grant.addResourceScope(String(target), scopes)
      await grant.save()
      return grant
    },
  })
  provider.use(withoutCors)
  return provider
}

/** Pages of other origins may not read these answers. oidc-provider has no setting for that. */
async function withoutCors(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  for (const name of ['access-control-allow-origin', 'access-control-expose-headers']) ctx.remove(name)
}
