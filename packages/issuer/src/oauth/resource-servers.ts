/** The resource servers of a client, as oidc-provider wants them: ceilings of scopes, lifetimes and form of tokens. */
import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import { codeGrantOf } from '../grants/app-rows.ts'
import { type ClientRow, ownRow } from '../grants/client-rows.ts'
import type { Grant } from '../grants/grant.ts'
import { type TargetName, targetNames, targetUrl } from '../grants/targets.ts'
import { invalidScope } from './oauth-errors.ts'
import { rowOf } from './registered-client.ts'

/** What a client may get at one target. */
export interface Ceiling {
  readonly scopes: readonly string[]
  readonly lifetimeSeconds: number
}

function grantOf(row: ClientRow): Grant | undefined {
  const [grant] = Object.values<Grant>(row.grants)
  return grant
}

function targetsOf(row: ClientRow): readonly TargetName[] {
  const ceilings = grantOf(row)?.targets ?? {}
  return targetNames.filter((name) => ceilings[name] !== undefined)
}

/** The ceiling of a client at the target with this URL; undefined for one that is not its own. */
export function ceilingAt(row: ClientRow, url: string, origin: string): Ceiling | undefined {
  const grant = grantOf(row)
  const name = targetsOf(row).find((each) => targetUrl(origin, each) === url)
  return grant && name && { scopes: grant.targets[name] ?? [], lifetimeSeconds: grant.lifetimeSeconds }
}

function clientAt({ oidc: { client } }: KoaContextWithOIDC): { readonly id: string; readonly row: ClientRow } {
  const row = client && rowOf(client)
  if (row) return { id: client.clientId, row }
  throw new errors.UnauthorizedClient()
}

/**
 * URL of the target of a client that has one alone, for a request that names none.
 * @throws InvalidTarget for a client that has several, and for a request that names several
 */
export function defaultTarget(ctx: KoaContextWithOIDC, origin: string, several?: readonly string[]): string {
  if (several !== undefined) throw new errors.InvalidTarget()
  const [name, ...others] = targetsOf(clientAt(ctx).row)
  if (name !== undefined && others.length === 0) return targetUrl(origin, name)
  throw new errors.InvalidTarget()
}

/** Tokens of a target are JWTs (RFC 9068), so that it verifies them without a request. */
export function resourceServer(audience: string, scopes: readonly string[], lifetimeSeconds?: number): ResourceServer {
  return {
    audience,
    scope: scopes.join(' '),
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256' } },
    ...(lifetimeSeconds !== undefined && { accessTokenTTL: lifetimeSeconds }),
  }
}

/** Whether tokens of a client are opaque: those of third parties for people, which have to end before they expire. */
function hasOpaqueTokens(clientId: string, row: ClientRow): boolean {
  return ownRow(clientId) === undefined && codeGrantOf(row) !== undefined
}

function serverOf(clientId: string, row: ClientRow, url: string, { scopes, lifetimeSeconds }: Ceiling): ResourceServer {
  const server = resourceServer(url, scopes, lifetimeSeconds)
  return hasOpaqueTokens(clientId, row) ? { ...server, accessTokenFormat: 'opaque' } : server
}

/**
 * The resource server of a request. oidc-provider would leave out scopes that are beyond it. Without a scope a client
 * gets all of its own, and a refreshed token has those of the grant.
 * @throws InvalidTarget; InvalidScope
 */
export function requestedServer(ctx: KoaContextWithOIDC, url: string, origin: string): ResourceServer {
  const { params = {}, body } = ctx.oidc
  // No RFC defines it for these grants, and oidc-provider ignores it.
  if (body?.audience !== undefined || queryOf(ctx).audience !== undefined) throw new errors.InvalidTarget()
  const { id, row } = clientAt(ctx)
  const ceiling = ceilingAt(row, url, origin)
  if (!ceiling) throw new errors.InvalidTarget()
  const requested = requestedScopes(ctx)
  if (requested.some((scope) => !ceiling.scopes.includes(scope)))
    throw invalidScope('scope is beyond what the client or the target has')
  if (requested.length === 0 && params.grant_type !== 'refresh_token') params.scope = ceiling.scopes.join(' ')
  return serverOf(id, row, url, ceiling)
}

/** The scopes that a request names. oidc-provider takes `offline_access` out of `params` before anything is checked. */
export function requestedScopes(ctx: KoaContextWithOIDC): readonly string[] {
  return String(queryOf(ctx).scope ?? ctx.oidc.params?.scope ?? '')
    .split(' ')
    .filter((scope) => scope !== '')
}

/** The query as it was sent, which is of authorization requests alone. */
function queryOf({ method, query }: KoaContextWithOIDC): KoaContextWithOIDC['query'] {
  return method === 'GET' ? query : {}
}
