/** The user pool as an OAuth server (RFC 6749, OpenID Connect). This file alone uses openid-client. */
import { AppError } from '@fieldnotes/core/error'
import * as client from 'openid-client'
import type { ProviderConfig } from '../config.ts'
import { failureOf } from './provider-failure.ts'

/** Tokens of a person. None of them leaves the server. */
export interface Tokens {
  readonly accessToken: string
  /** Undefined where the provider keeps the old one. */
  readonly refreshToken: string | undefined
}

/** Tokens of a new sign-in. */
export interface SignedIn extends Tokens {
  readonly refreshToken: string
  /** The `sub` of the ID token. */
  readonly subject: string
}

/** What one sign-in is recognised by (PKCE, RFC 7636; `state`; `nonce`). */
export interface Attempt {
  readonly state: string
  readonly verifier: string
  readonly nonce: string
}

/** Parameters that a page passes on to the provider: `identity_provider`, `prompt`, `max_age`. */
export type PassedOn = Readonly<Record<string, string>>

/** Every call throws UNAVAILABLE when the provider is out of reach. */
export interface Provider {
  /** Creates an attempt, and the URL that begins it. */
  readonly begin: (passedOn: PassedOn) => Promise<{ readonly attempt: Attempt; readonly url: string }>
  /** Redeems the code of a callback, after all checks. @throws BAD_USER_INPUT for an answer that is refused */
  readonly redeem: (query: string, attempt: Attempt) => Promise<SignedIn>
  /** @throws UNAUTHENTICATED when the provider does not accept the refresh token any more */
  readonly refresh: (refreshToken: string) => Promise<Tokens>
  /** Revokes a refresh token (RFC 7009), with the access tokens that descend from it. */
  readonly revoke: (refreshToken: string) => Promise<void>
  /** Where a browser ends its session at the provider. */
  readonly logoutUrl: string
}

/** What differs between Lambda, a laptop and tests. */
export interface ProviderOptions {
  readonly origin: string
  /** Whether plain HTTP is accepted. */
  readonly loopbackIssuers: 'refuse' | 'trust'
  readonly fetch?: typeof fetch | undefined
}

/** Seconds that a request to the provider may take: less than the lock of a refresh. */
const patienceSeconds = 3

/** Creates the client of the provider. It sends nothing before the first call, and discovers nothing. */
export function createProvider(provider: ProviderConfig, options: ProviderOptions): Provider {
  const configuration = configurationOf(provider, options)
  const redirectUri = `${options.origin}/session/callback`
  const attempted = <T>(act: () => Promise<T>) => act().catch((error: unknown) => Promise.reject(failureOf(error)))
  return {
    begin: async (passedOn) => {
      const attempt = newAttempt()
      const parameters = { ...(await parametersOf(attempt)), scope: provider.scope, redirect_uri: redirectUri }
      const url = client.buildAuthorizationUrl(configuration, { ...passedOn, ...parameters })
      return { attempt, url: url.href }
    },
    redeem: (query, attempt) => attempted(() => redeem(configuration, new URL(`${redirectUri}?${query}`), attempt)),
    refresh: (refreshToken) =>
      attempted(async () => tokensOf(await client.refreshTokenGrant(configuration, refreshToken))),
    revoke: (refreshToken) => attempted(() => client.tokenRevocation(configuration, refreshToken)),
    logoutUrl: logoutUrlOf(provider, options.origin),
  }
}

/** A code that the provider refuses is a wrong answer, as a wrong `state` is. */
async function redeem(configuration: client.Configuration, url: URL, { state, nonce, verifier }: Attempt) {
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
  const tokens = await client.authorizationCodeGrant(configuration, url, checks).catch((error: unknown) => {
    const failure = failureOf(error)
    throw failure.code === 'UNAUTHENTICATED' ? new AppError('BAD_USER_INPUT', failure.reason) : failure
  })
  return { ...tokensOf(tokens), ...required(tokens.refresh_token, tokens.claims()?.sub) }
}

function configurationOf(provider: ProviderConfig, { loopbackIssuers, fetch }: ProviderOptions) {
  const { issuer, jwksUri, clientId, clientSecret } = provider
  const server = {
    issuer,
    authorization_endpoint: provider.authorizationEndpoint,
    token_endpoint: provider.tokenEndpoint,
    revocation_endpoint: provider.revocationEndpoint,
    jwks_uri: jwksUri,
    authorization_response_iss_parameter_supported: provider.namesItself,
  }
  const configuration = new client.Configuration(server, clientId, undefined, client.ClientSecretBasic(clientSecret))
  configuration.timeout = patienceSeconds
  if (loopbackIssuers === 'trust') client.allowInsecureRequests(configuration)
  if (fetch) configuration[client.customFetch] = fetch as client.CustomFetch
  return configuration
}

function newAttempt(): Attempt {
  return { state: client.randomState(), verifier: client.randomPKCECodeVerifier(), nonce: client.randomNonce() }
}

async function parametersOf({ state, nonce, verifier }: Attempt) {
  const challenge = await client.calculatePKCECodeChallenge(verifier)
  return { state, nonce, code_challenge: challenge, code_challenge_method: 'S256' }
}

function tokensOf({ access_token, refresh_token }: { access_token: string; refresh_token?: string }): Tokens {
  return { accessToken: access_token, refreshToken: refresh_token }
}

function required(refreshToken: string | undefined, subject: string | undefined) {
  if (refreshToken !== undefined && subject !== undefined) return { refreshToken, subject }
  throw new AppError('UNAVAILABLE', 'the provider gave no refresh token, or no ID token')
}

/** Cognito's own parameters (AWS, "The managed login sign-out endpoint"). */
function logoutUrlOf({ logoutEndpoint, clientId }: ProviderConfig, origin: string): string {
  return `${logoutEndpoint}?${new URLSearchParams({ client_id: clientId, logout_uri: `${origin}/` })}`
}
