/** What every grant of the table of grants has. */
import type { ScopeOf, TargetName } from './targets.ts'

/** How confidential clients authenticate (OpenID Connect Core 1.0 §9). */
export const clientAuthMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const

/** How one of them does. */
export type ClientAuth = (typeof clientAuthMethods)[number]

/** Target → the scopes that a client may get there, at least one. */
export type Ceilings = { readonly [Name in TargetName]?: readonly [ScopeOf<Name>, ...ScopeOf<Name>[]] }

/** Longest life of a token of any grant, in seconds. */
export const lifetimeSecondsMax = 300

/** What all grants have. */
export interface Grant {
  readonly targets: Ceilings
  /** From 1 to 300. */
  readonly lifetimeSeconds: number
}

/** What is given with a refresh token, which renews the access token without the person. */
export interface RenewedGrant extends Grant {
  /** Seconds after the sign-in when the last refresh is possible: at most 180 days. */
  readonly refreshSeconds: number
}
