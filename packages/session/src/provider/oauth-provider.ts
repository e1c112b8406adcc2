/** The user pool as an OAuth server (RFC 6749, OpenID Connect). */
import { AppError } from '@fieldnotes/core/error'
import * as client from 'openid-client'
import type { ProviderConfig } from '../config.ts'
import {
  attempted,
  type ClientOptions,
  confidentialClient,
  type RefreshTokens,
  refreshTokensAt,
  type Tokens,
  tokensOf,
} from './oauth-client.ts'
import { failureOf } from './provider-failure.ts'

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
export interface Provider extends RefreshTokens {
  /** Creates an attempt, and the URL that begins it. */
  readonly begin: (passedOn: PassedOn) => Promise<{ readonly attempt: Attempt; readonly url: string }>
  /** Redeems the code of a callback, after all checks. @throws BAD_USER_INPUT for an answer that is refused */
  readonly redeem: (query: string, attempt: Attempt) => Promise<SignedIn>
  /** Where a browser ends its session at the provider. */
  readonly logoutUrl: string
}

/** Creates the client of the provider. It sends nothing before the first call, and discovers nothing. */
export function createProvider(
  provider: ProviderConfig,
  options: ClientOptions & { readonly origin: string },
): Provider {
  const configuration = configurationOf(provider, options)
  const redirectUri = `${options.origin}/session/callback`
  return {
    ...refreshTokensAt(configuration),
    begin: async (passedOn) => {
      const attempt = newAttempt()
      const parameters = { ...(await parametersOf(attempt)), scope: provider.scope, redirect_uri: redirectUri }
      const url = client.buildAuthorizationUrl(configuration, { ...passedOn, ...parameters })
      return { attempt, url: url.href }
    },
    redeem: (query, attempt) => attempted(() => redeem(configuration, new URL(`${redirectUri}?${query}`), attempt)),
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

function configurationOf(provider: ProviderConfig, options: ClientOptions): client.Configuration {
  const server = {
    authorization_endpoint: provider.authorizationEndpoint,
    jwks_uri: provider.jwksUri,
    authorization_response_iss_parameter_supported: provider.namesItself,
  }
  return confidentialClient(provider, server, options)
}

function newAttempt(): Attempt {
  return { state: client.randomState(), verifier: client.randomPKCECodeVerifier(), nonce: client.randomNonce() }
}

async function parametersOf({ state, nonce, verifier }: Attempt) {
  const challenge = await client.calculatePKCECodeChallenge(verifier)
  return { state, nonce, code_challenge: challenge, code_challenge_method: 'S256' }
}

function required(refreshToken: string | undefined, subject: string | undefined) {
  if (refreshToken !== undefined && subject !== undefined) return { refreshToken, subject }
  throw new AppError('UNAVAILABLE', 'the provider gave no refresh token, or no ID token')
}

/** Cognito's own parameters (AWS, "The managed login sign-out endpoint"). */
function logoutUrlOf({ logoutEndpoint, clientId }: ProviderConfig, origin: string): string {
  return `${logoutEndpoint}?${new URLSearchParams({ client_id: clientId, logout_uri: `${origin}/` })}`
}
