/** oidc-provider with the settings of the issuer. It is loaded with the first request for a token. */
import type { Log } from '@fieldnotes/core/log'
import type { GroupPolicies } from '@fieldnotes/identity/group-policies'
import type { IsRevoked } from '@fieldnotes/identity/revocation-list'
import Provider, { type Adapter, type Configuration, type errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { IssuerClient } from '../clients/issuer-client.ts'
import { issuerName, readClient } from '../clients/stored-clients.ts'
import { exchangeParameters, repeatedParameters } from '../exchange/exchange-request.ts'
import { codeGrantOf } from '../grants/app-rows.ts'
import { exchangeGrantType } from '../grants/client-rows.ts'
import { clientAuthMethods } from '../grants/grant.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { assertionAlgorithms, issuerPaths, proofAlgorithms } from '../metadata.ts'
import { rootCause } from '../root-cause.ts'
import type { SignIns } from '../sign-in/open-sign-ins.ts'
import { assertAssertionEnd } from './assertion-end.ts'
import { listedGrants, noteUses } from './connections.ts'
import { type ClaimsOfTokens, type ExchangeParts, exchangeGrant } from './exchange-grant.ts'
import { givenAdapter, isGiven, noteAnswers } from './given-tokens.ts'
import { inactiveJwts, maySee } from './introspection.ts'
import { type ModelStore, modelAdapter, onceBy } from './model-store.ts'
import { narrowedServer } from './narrowed-server.ts'
import { answering, codeOf, demandClient, repeatNothing } from './oauth-errors.ts'
import { compareSecrets, metadataOf, ownMembers, refuseOtherGrants } from './registered-client.ts'
import { assertRenewableBy, lifetimes, renewal } from './renewal.ts'
import { refuseReplays } from './replays.ts'
import { defaultTarget, requestedServer } from './resource-servers.ts'
import { endedGrant, findPerson, keepSignIns, type SignInOfGrant, signInClaims } from './sign-in-grant.ts'
import { codeSettings, renderError, serveSignIns } from './sign-in-server.ts'
import { SigningKey } from './signing-key.ts'

/** What the provider needs. */
export interface ProviderParts extends Omit<ExchangeParts, 'claims' | 'takeOnce'> {
  readonly issuer: string
  readonly ring: KeyRing
  readonly clients: readonly IssuerClient[]
  readonly store: ModelStore
  /** Policies of groups, which each token of a grant obeys. */
  readonly policies: GroupPolicies
  readonly isRevoked: IsRevoked
  readonly log: Log
  /** Undefined where no person signs in. */
  readonly signIns: SignIns | undefined
}

/** Whether a client gets tokens: apps only where people sign in. */
function isServed({ row }: IssuerClient, { signIns }: ProviderParts): boolean {
  return signIns !== undefined || !codeGrantOf(row)
}

/** Clients of third parties are read. Own ones are configured, and are found first. */
function clientAdapter(parts: ProviderParts): Adapter {
  const refuse = async (): Promise<never> => {
    throw new Error('clients are written by operators alone')
  }
  return {
    ...{ upsert: refuse, findByUid: refuse, findByUserCode: refuse, consume: refuse, destroy: refuse },
    revokeByGrantId: refuse,
    find: (id) =>
      answering(async () => {
        const client = await readClient(parts.store.table(), id)
        return client && isServed(client, parts) ? metadataOf(client) : undefined
      }),
  }
}

function adapterOf(name: string, parts: ProviderParts): Adapter {
  if (name === 'Client') return clientAdapter(parts)
  if (name === 'Grant') return listedGrants(parts.store)
  return isGiven(name) ? givenAdapter(name, parts.store) : modelAdapter(name, parts.store)
}

/** The target of a request, as it is at each token. */
function serverFor({ origin, policies }: ProviderParts) {
  return async (ctx: KoaContextWithOIDC, target: string) =>
    narrowedServer(ctx, requestedServer(ctx, target, origin), policies)
}

function introspectionParts({ origin, isRevoked, store }: ProviderParts) {
  const hasEnded = (grant: SignInOfGrant) => endedGrant(store.table(), grant, issuerName)
  return { origin, isRevoked, hasEnded }
}

function features(parts: ProviderParts): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    introspection: { enabled: true, allowedPolicy: maySee(introspectionParts(parts)) },
    dPoP: { enabled: true },
    externalSigningSupport: { enabled: true, ack: 'experimental-01' },
    resourceIndicators: {
      enabled: true,
      defaultResource: (ctx, _client, several) => defaultTarget(ctx, parts.origin, several),
      getResourceServerInfo: serverFor(parts),
    },
  }
}

function configuration(parts: ProviderParts, claims: ClaimsOfTokens): Configuration {
  const { ring, clients, store, clock } = parts
  const { token, jwks, revocation, introspection, authorization } = issuerPaths
  const keys = ring.map((key) => new SigningKey(key))
  const sign = async (message: Uint8Array) => keys[0]?.sign(message)
  return {
    adapter: (name: string) => adapterOf(name, parts),
    jwks: { keys: keys as never },
    clients: clients.filter((client) => isServed(client, parts)).map(metadataOf),
    routes: { token, jwks, revocation, introspection, ...(parts.signIns && { authorization }) },
    scopes: [],
    responseTypes: [],
    clientAuthMethods: [...clientAuthMethods],
    ...(parts.signIns && codeSettings(parts.signIns)),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    extraClientMetadata: { properties: [...ownMembers] },
    assertJwtClientAuthClaimsAndHeader: async (_ctx, { exp }) => assertAssertionEnd(exp, clock() / 1000),
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: [...assertionAlgorithms],
      dPoPSigningAlgValues: [...proofAlgorithms],
    },
    // The gateway decides about pages of other origins.
    clientBasedCORS: () => true,
    ...renewal(assertRenewableBy({ serverOf: serverFor(parts), sign })),
    ttl: lifetimes,
    findAccount: findPerson(store.table, issuerName),
    extraTokenClaims: (ctx, token) =>
      claims.get(token) ?? (token.kind === 'AccessToken' ? signInClaims(ctx) : undefined),
    features: features(parts),
    renderError,
  }
}

/** Logs what was given and what was refused: codes and ids, never a token. */
function logTokens(provider: Provider, log: Log): void {
  const idsOf = (ctx: KoaContextWithOIDC) => ({
    requestId: ctx.get('x-request-id'),
    clientId: ctx.oidc.client?.clientId,
  })
  provider.on('grant.success', (ctx) => {
    log('info', 'issuer.token', { ...idsOf(ctx), grant: String(ctx.oidc.params?.grant_type) })
  })
  const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    const known = { ...idsOf(ctx), code: codeOf(error) }
    if (error.statusCode < 500) log('info', 'issuer.refused', { ...known, reason: error.error_detail })
    else log('error', 'issuer.failed', { ...known, ...rootCause(error) })
  }
  provider.on('grant.error', refused)
  provider.on('revocation.error', refused)
  provider.on('introspection.error', refused)
  provider.on('grant.revoked', (ctx) => log('info', 'issuer.grant_ended', idsOf(ctx)))
  provider.on('server_error', (ctx, error) => log('error', 'issuer.failed', { ...idsOf(ctx), ...rootCause(error) }))
}

/** Creates the provider. The active key is the first of the ring, and so the one that signs. */
export function createProvider(parts: ProviderParts): Provider {
  const claims: ClaimsOfTokens = new WeakMap()
  const provider = new Provider(parts.issuer, configuration(parts, claims))
  // `dispatch.ts` sets the scheme, and drops what a client says of it.
  provider.proxy = true
  const takeOnce = onceBy(parts.store)
  refuseReplays(provider, takeOnce)
  keepSignIns(provider)
  compareSecrets(provider)
  refuseOtherGrants(provider)
  provider.use(repeatNothing)
  provider.use(demandClient)
  provider.use(inactiveJwts as never)
  provider.use(noteUses(parts.store, parts.log) as never)
  provider.use(noteAnswers(parts.store, parts.log) as never)
  const exchange = exchangeGrant(provider, { ...parts, claims, takeOnce })
  provider.registerGrantType(exchangeGrantType, exchange, exchangeParameters, repeatedParameters)
  if (parts.signIns) serveSignIns(provider, { ...parts, ...parts.signIns, takeOnce })
  logTokens(provider, parts.log)
  return provider
}
