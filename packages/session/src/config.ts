/** The configuration of both functions, as types. `packages/local` makes it on a laptop. */
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { TableConfig } from '@fieldnotes/table/table-config'

/** Where people sign in, and this product's confidential client there. */
export interface ProviderConfig {
  /** The issuer of its tokens. */
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint: string
  /** Ends the session of the browser at the provider: Cognito's `/logout`. */
  readonly logoutEndpoint: string
  readonly jwksUri: string
  readonly clientId: string
  /** Never logged. */
  readonly clientSecret: string
  /** Scopes to request, as the provider writes them, separated by spaces. */
  readonly scope: string
  /**
   * Whether its answers name it (RFC 9207). Cognito's do not; an answer that names another issuer is always refused.
   */
  readonly namesItself: boolean
}

/** Our own issuer, which holds the sessions of people of Firebase, and this product's confidential client there. */
export interface OwnIssuerConfig {
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint: string
  readonly clientId: string
  /** Never logged. */
  readonly clientSecret: string
}

/** Everything that differs between the environments where sessions run. */
export interface SessionConfig {
  /** Scheme, host and port where browsers reach the app, the API and `/session`. Never taken from a request. */
  readonly origin: string
  readonly provider: ProviderConfig
  readonly ownIssuer: OwnIssuerConfig
  /** The endpoint as a protected resource, and the issuers that it trusts: access tokens are judged as it does. */
  readonly resource: string
  readonly issuers: readonly Issuer[]
  /** The table of sessions and revocations. */
  readonly access: TableConfig
}

/** What the entry has of it: it is no client of any server. */
export type EntryConfig = Omit<SessionConfig, 'provider' | 'ownIssuer'>
