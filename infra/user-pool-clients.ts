import { type ScopeName, scopeOwner } from '@fieldnotes/core/scopes'
import { issuerPaths } from '@fieldnotes/issuer/metadata'
import { stage } from './current-stage'
import { issuerUrl } from './issuer-gateway'
import { providerNames } from './providers'
import { webOrigin } from './router'
import { resourceServer, userPool } from './user-pool'

interface Client {
  readonly kind: 'public' | 'server' | 'issuer' | 'machine'
  readonly scopes: readonly ScopeName[]
  /**
   * Whether people change their password, address and second factor in this app: its tokens may have the scope of the
   * user pools API. Never true for an app of third parties, whose token could then delete the account.
   */
  readonly managesAccount: boolean
}

/** App clients of the user pool with their scopes. A new app is a new row. */
const clients = {
  Web: { kind: 'public', scopes: ['read', 'write', 'share', 'trash'], managesAccount: true },
  Console: { kind: 'public', scopes: ['read', 'audit'], managesAccount: false },
  Machine: { kind: 'machine', scopes: ['read'], managesAccount: false },
  /** Browser sessions: the scopes of the web app. The tokens never reach the browser, which manages no account. */
  Sessions: { kind: 'server', scopes: ['read', 'write', 'share', 'trash'], managesAccount: false },
  /** Sign-ins at our own issuer, for apps of its own. The endpoint accepts no token of this client. */
  SignIns: { kind: 'issuer', scopes: ['read', 'write', 'share', 'trash'], managesAccount: false },
} as const satisfies Record<string, Client>

type Args = Parameters<NonNullable<Extract<ClientTransform, (...args: never) => unknown>>>[0]
type ClientTransform = NonNullable<NonNullable<sst.aws.CognitoUserPoolClientArgs['transform']>['client']>

/** An app that can't keep a secret, for people: authorization code (the app adds PKCE) and rotating refresh tokens. */
function forPeople(args: Args): void {
  args.generateSecret = false
  args.allowedOauthFlows = ['code']
  args.logoutUrls = [...stage.origins]
  args.refreshTokenRotation = { feature: 'ENABLED', retryGracePeriodSeconds: 10 }
  args.refreshTokenValidity = 30
  // Choice of the first factor, without which the pages offer no passkey. It also opens sign-in by the user pools API:
  // those access tokens have none of our scopes, but the ID token of the web app gets AWS credentials with its row.
  if (stage.passkeys) args.explicitAuthFlows = ['ALLOW_USER_AUTH']
}

/**
 * The functions of browser sessions, which keep a secret, at their one origin. Passkeys and providers are those of the
 * pages, as for public apps. Their refresh token does not rotate: it is of no use without the secret, and a crash
 * between its use and the storing of the next one would end the session.
 */
function forServers(args: Args): void {
  forPeople(args)
  args.generateSecret = true
  delete args.refreshTokenRotation
  args.explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH', ...(stage.passkeys ? ['ALLOW_USER_AUTH'] : [])]
  args.callbackUrls = [$interpolate`${webOrigin}/session/callback`]
  args.logoutUrls = [$interpolate`${webOrigin}/`]
}

/** The issuer, which keeps a secret. It redeems the code of a sign-in once, and drops the refresh token. */
function forIssuer(args: Args): void {
  forPeople(args)
  args.generateSecret = true
  args.refreshTokenValidity = 1
  args.callbackUrls = [$interpolate`${issuerUrl}${issuerPaths.callback}`]
  args.logoutUrls = []
}

/** A program that acts for itself (RFC 6749 §4.4). It has no redirect and no refresh token. */
function forMachines(args: Args): void {
  args.generateSecret = true
  args.allowedOauthFlows = ['client_credentials']
  args.callbackUrls = []
  // Cognito wants this flow in each list of a client whose refresh tokens do not rotate. It can't be used either,
  // because this client gets no refresh token.
  args.explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH']
}

const tokens = {
  accessTokenValidity: 15,
  idTokenValidity: 15,
  tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' },
  enableTokenRevocation: true,
  // An unknown user gets the same response as a wrong password.
  preventUserExistenceErrors: 'ENABLED',
  // Cognito adds SRP and refresh flows to an empty list. This flow can't be used, because it needs triggers that do not
  // exist: tokens come from the OAuth endpoints only.
  explicitAuthFlows: ['ALLOW_CUSTOM_AUTH'],
  readAttributes: ['email', 'email_verified', 'name'],
  // Also those that a provider sends: a sign-in fails when the client may not write a mapped attribute.
  writeAttributes: ['email', 'family_name', 'given_name', 'name'],
}

/** The redirect of a web app at an origin. */
export function callbackUrlOf(origin: string): string {
  return `${origin}/callback`
}

/** Scope of the calls by which people manage their own account (AWS, user pools API: `AssociateSoftwareToken` …). */
const accountScope = 'aws.cognito.signin.user.admin'

function scopesOf({ kind, scopes, managesAccount }: Client): string[] {
  const own = scopes.map((scope) => `${scopeOwner}/${scope}`)
  if (kind === 'machine') return own
  return ['openid', 'email', 'profile', ...(managesAccount ? [accountScope] : []), ...own]
}

/** Kind of a client → its shape. */
const shapes: Readonly<Record<Client['kind'], (args: Args) => void>> = {
  public: forPeople,
  server: forServers,
  issuer: forIssuer,
  machine: forMachines,
}

function clientOf(name: string, client: Client) {
  const { kind } = client
  return userPool.addClient(
    name,
    {
      providers: kind === 'machine' ? ['COGNITO'] : providerNames,
      callbackUrls: stage.origins.map(callbackUrlOf),
      transform: {
        client: (args) => {
          Object.assign(args, tokens)
          args.allowedOauthScopes = scopesOf(client)
          shapes[kind](args)
        },
      },
    },
    { dependsOn: [resourceServer] },
  )
}

/** The client of the web app. */
export const web = clientOf('Web', clients.Web)

function apiScopesOf({ scopes }: Client): string[] {
  return scopes.map((scope) => `${scopeOwner}:${scope}`)
}

/** The API's scopes of the web app. People with AWS credentials have the same. */
export const webScopes = apiScopesOf(clients.Web)

/** The client of the operators' console. */
export const console_ = clientOf('Console', clients.Console)

/** The client of programs without a person; undefined on a stage that has none. */
export const machine = stage.machine ? clientOf('Machine', clients.Machine) : undefined

/** The client of browser sessions; undefined on a stage that has none. */
export const session = stage.sessions ? clientOf('Sessions', clients.Sessions) : undefined

/** The client of sign-ins at our own issuer. */
export const signIns = clientOf('SignIns', clients.SignIns)

/** The scopes that a sign-in at our own issuer requests. */
export const signInScopes = scopesOf(clients.SignIns).join(' ')

/** The scopes that a sign-in of a browser session requests. */
export const sessionScopes = scopesOf(clients.Sessions).join(' ')

/** Pages of managed login exist only for clients with a style. */
if (stage.passkeys)
  for (const [name, { id }] of Object.entries({
    ...{ Web: web, Console: console_, SignIns: signIns },
    ...(session && { Sessions: session }),
  }))
    new aws.cognito.ManagedLoginBranding(`${name}Style`, {
      userPoolId: userPool.id,
      clientId: id,
      useCognitoProvidedValues: true,
    })

/** Clients whose access tokens the API accepts, with the scopes that each can get. */
export const clientScopes = [
  { id: web.id, scopes: webScopes },
  { id: console_.id, scopes: apiScopesOf(clients.Console) },
  ...(machine ? [{ id: machine.id, scopes: apiScopesOf(clients.Machine) }] : []),
  ...(session ? [{ id: session.id, scopes: apiScopesOf(clients.Sessions) }] : []),
]

/** The ids of these clients. */
export const clientIds = clientScopes.map(({ id }) => id)
