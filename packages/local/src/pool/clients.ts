/**
 * App clients of the local user pool: those of `infra/user-pool-clients.ts` that have an app on the laptop. The console
 * of operators has none. A new app is a new row.
 */
import { hkdfSync } from 'node:crypto'
import { scopeOwner, scopeTable } from '@fieldnotes/core/scopes'
import type { ListedClient } from '../issuers/clients-file.ts'
import { clientId, issuerClientId, machineClientId, sessionClientId } from '../issuers/token-claims.ts'

/** An app client. */
export interface AppClient {
  readonly name: string
  readonly id: string
  /** `public`: an app that can't keep a secret. `confidential`: a server for people. `machine`: no person. */
  readonly kind: 'public' | 'confidential' | 'machine'
  /** Scopes that it may request, as Cognito writes them. */
  readonly scopes: readonly string[]
  /** Paths of its redirect URIs, those of people alone. */
  readonly callbackPaths?: readonly string[]
}

/** Scopes of OpenID Connect that the pool knows. */
export const openidScopes: readonly string[] = ['openid', 'email', 'profile']

/**
 * The scope of the API's own calls with an access token, here `GetUser` and `GlobalSignOut`; it opens no notes. Tokens
 * of the API itself have it alone. At the pages the web app may request it.
 */
export const adminScope = 'aws.cognito.signin.user.admin'

function own(...names: readonly string[]): readonly string[] {
  return names.map((name) => `${scopeOwner}/${name}`)
}

const peopleScopes = ['read', 'write', 'share', 'trash'] as const

/** The app clients. */
export const appClients: readonly AppClient[] = [
  {
    name: 'web',
    id: clientId,
    kind: 'public',
    scopes: [...openidScopes, adminScope, ...own(...peopleScopes)],
    callbackPaths: ['/callback', '/session/callback'],
  },
  {
    name: 'session',
    id: sessionClientId,
    kind: 'confidential',
    scopes: [...openidScopes, ...own(...peopleScopes)],
    callbackPaths: ['/session/callback'],
  },
  {
    name: 'issuer',
    id: issuerClientId,
    kind: 'confidential',
    scopes: [...openidScopes, ...own(...peopleScopes)],
    callbackPaths: ['/oauth/callback'],
  },
  { name: 'machine', id: machineClientId, kind: 'machine', scopes: own('read') },
]

/** The API's scopes that each app client can get, by its id. */
export function clientScopes(): Readonly<Record<string, readonly string[]>> {
  const table = scopeTable('/')
  return Object.fromEntries(appClients.map(({ id, scopes }) => [id, scopes.flatMap((scope) => table[scope] ?? [])]))
}

/** The app client with this id. */
export function appClient(id: unknown): AppClient | undefined {
  return appClients.find((client) => client.id === id)
}

/** Addresses to which a sign-out may return: the start page of an app on this machine, at any port. */
export const logoutPaths: readonly string[] = ['', '/']

/**
 * URIs of these paths at both names of this machine. Any port matches when they are compared, because each development
 * server has a port of its own (RFC 8252 §7.3); path, host and scheme match exactly.
 */
export function loopbackUris(paths: readonly string[]): string[] {
  return ['127.0.0.1', 'localhost'].flatMap((host) => paths.map((path) => `http://${host}${path}`))
}

/**
 * Whether a URI is one of `paths` at this machine. It is compared as text, so that no parser can read it differently;
 * a URI with a port above 65535 is none.
 */
export function isLoopbackUri(uri: string, paths: readonly string[]): boolean {
  const [, path] = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::[1-9]\d{0,4})?(\/.*|)$/.exec(uri) ?? []
  return path !== undefined && paths.includes(path) && URL.canParse(uri)
}

/** Secret of a client. It is derived from a secret of the data folder, so that it survives a restart. */
export function clientSecret(folderSecret: string, id: string): string {
  return Buffer.from(hkdfSync('sha256', folderSecret, '', `client secret of ${id}`, 36)).toString('base64url')
}

/** Key of the pool's cookies, derived from the same secret. */
export function cookieKey(folderSecret: string): string {
  return Buffer.from(hkdfSync('sha256', folderSecret, '', 'cookies of the user pool', 32)).toString('base64url')
}

function listed({ name, id, kind, callbackPaths = [] }: AppClient, folderSecret: string): ListedClient {
  if (kind === 'public') {
    const grants = ['authorization_code', 'refresh_token']
    return { name, client_id: id, redirect_uris: loopbackUris(callbackPaths), grants }
  }
  const secret = { client_secret: clientSecret(folderSecret, id) }
  if (kind === 'machine') return { name, client_id: id, ...secret, redirect_uris: [], grants: ['client_credentials'] }
  const grants = ['authorization_code', 'refresh_token']
  return { name, client_id: id, ...secret, redirect_uris: loopbackUris(callbackPaths), grants }
}

/** The app clients, for `clients.json`. Their redirect URIs match at any port. */
export function listedClients(folderSecret: string): readonly ListedClient[] {
  return appClients.map((client) => listed(client, folderSecret))
}
