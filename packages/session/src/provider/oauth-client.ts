/** A confidential client of an OAuth server, and its refresh tokens. This folder alone uses openid-client. */
import * as client from 'openid-client'
import type { OwnIssuerConfig } from '../config.ts'
import { failureOf } from './provider-failure.ts'

/** Tokens of a person. None of them leaves the server. */
export interface Tokens {
  readonly accessToken: string
  /** Undefined where the provider keeps the old one. */
  readonly refreshToken: string | undefined
}

/** Refresh tokens at the server that gave them. Every call throws UNAVAILABLE when it is out of reach. */
export interface RefreshTokens {
  /** @throws UNAUTHENTICATED when the server does not accept the refresh token any more */
  readonly refresh: (refreshToken: string) => Promise<Tokens>
  /** Revokes a refresh token (RFC 7009), with the access tokens that descend from it. */
  readonly revoke: (refreshToken: string) => Promise<void>
}

/** What differs between Lambda, a laptop and tests. */
export interface ClientOptions {
  /** Whether plain HTTP is accepted. */
  readonly loopbackIssuers: 'refuse' | 'trust'
  readonly fetch?: typeof fetch | undefined
}

/** Seconds that a request to the provider may take: less than the lock of a refresh. */
const patienceSeconds = 3

/** The client of a server that knows this product by a secret. It sends nothing yet, and discovers nothing. */
export function confidentialClient(
  { issuer, tokenEndpoint, revocationEndpoint, clientId, clientSecret }: OwnIssuerConfig,
  more: Partial<client.ServerMetadata>,
  { loopbackIssuers, fetch }: ClientOptions,
): client.Configuration {
  const server = { ...more, issuer, token_endpoint: tokenEndpoint, revocation_endpoint: revocationEndpoint }
  const configuration = new client.Configuration(server, clientId, undefined, client.ClientSecretBasic(clientSecret))
  configuration.timeout = patienceSeconds
  if (loopbackIssuers === 'trust') client.allowInsecureRequests(configuration)
  if (fetch) configuration[client.customFetch] = fetch as client.CustomFetch
  return configuration
}

/** Does it, and turns errors of the library into ours. @throws as `failureOf` */
export function attempted<T>(act: () => Promise<T>): Promise<T> {
  return act().catch((error: unknown) => Promise.reject(failureOf(error)))
}

/** The refresh tokens of a client. */
export function refreshTokensAt(configuration: client.Configuration): RefreshTokens {
  return {
    refresh: (token) => attempted(async () => tokensOf(await client.refreshTokenGrant(configuration, token))),
    revoke: (token) => attempted(() => client.tokenRevocation(configuration, token)),
  }
}

/** Tokens of an answer. */
export function tokensOf({ access_token, refresh_token }: { access_token: string; refresh_token?: string }): Tokens {
  return { accessToken: access_token, refreshToken: refresh_token }
}
