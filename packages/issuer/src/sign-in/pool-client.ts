/** Signs people in at the user pool (RFC 6749 §4.1, OpenID Connect). This file alone uses openid-client. */
import { AppError } from '@fieldnotes/core/error'
import * as client from 'openid-client'
import type { Attempt } from './attempt.ts'
import type { UserPool } from './sign-in-settings.ts'

/** The user pool as a client sees it. */
export interface PoolClient {
  /** Where the browser signs in. `again` demands it although the browser is signed in there. */
  readonly urlOf: (attempt: Attempt, again: boolean) => Promise<string>
  /**
   * Redeems the code of a callback, after all checks, and returns the access token.
   * @throws BAD_USER_INPUT for an answer that is refused; UNAVAILABLE when the pool is out of reach
   */
  readonly redeem: (query: string, attempt: Attempt) => Promise<string>
}

/** What differs between Lambda, a laptop and tests. */
export interface PoolClientOptions {
  /** Where the pool sends the browser back. */
  readonly redirectUri: string
  readonly loopbackIssuers: 'refuse' | 'trust'
  readonly fetch: typeof fetch
}

/** Seconds that a request to the pool may take. */
const patienceSeconds = 3

/** Creates the client. It sends nothing before the first call, and discovers nothing. */
export function createPoolClient(pool: UserPool, options: PoolClientOptions): PoolClient {
  const configuration = configurationOf(pool, options)
  return {
    urlOf: async ({ state, nonce, verifier }, again) => {
      const code_challenge = await client.calculatePKCECodeChallenge(verifier)
      const pkce = { code_challenge, code_challenge_method: 'S256' }
      const request = { scope: pool.scope, redirect_uri: options.redirectUri, state, nonce, ...pkce }
      return client.buildAuthorizationUrl(configuration, { ...request, ...(again && { prompt: 'login' }) }).href
    },
    redeem: async (query, { state, nonce, verifier }) => {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const url = new URL(`${options.redirectUri}?${query}`)
      try {
        return (await client.authorizationCodeGrant(configuration, url, checks)).access_token
      } catch (error) {
        throw failureOf(error)
      }
    },
  }
}

function configurationOf(pool: UserPool, { loopbackIssuers, fetch }: PoolClientOptions): client.Configuration {
  const server = {
    issuer: pool.issuer,
    authorization_endpoint: pool.authorizationEndpoint,
    token_endpoint: pool.tokenEndpoint,
    jwks_uri: pool.jwksUri,
    authorization_response_iss_parameter_supported: pool.namesItself,
  }
  const auth = client.ClientSecretBasic(pool.clientSecret)
  const configuration = new client.Configuration(server, pool.clientId, undefined, auth)
  configuration.timeout = patienceSeconds
  configuration[client.customFetch] = fetch as client.CustomFetch
  if (loopbackIssuers === 'trust') client.allowInsecureRequests(configuration)
  return configuration
}

/** Codes of openid-client for a callback that is not this sign-in's, and for tokens that are not what was requested. */
const refusedCodes: ReadonlySet<unknown> = new Set([
  'OAUTH_AUTHORIZATION_RESPONSE_ERROR',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
])

/**
 * An answer that is refused is the browser's; every other failure is the pool's, also one of our own secret. The cause
 * is dropped: it contains the request, in which there is the code.
 */
function failureOf(thrown: unknown): AppError {
  const { code, error } = (thrown ?? {}) as { readonly code?: unknown; readonly error?: unknown }
  if (error === 'invalid_grant' || refusedCodes.has(code))
    return new AppError('BAD_USER_INPUT', 'the answer of the user pool is refused')
  return new AppError('UNAVAILABLE', 'the user pool is out of reach')
}
