/**
 * The argument of `createIdentity`. No default weakens a check of the token itself. Revocation and the policies of
 * groups are the host's decision: without `isRevoked` no credential is revoked, without `allowedScopes` no scope is
 * withheld.
 */
import type { Agent } from 'node:http'
import type { Log } from '@fieldnotes/core/log'
import type { Bounds } from './bounds.ts'
import type { AllowedScopes } from './groups/group-policies.ts'
import type { Introspect } from './introspect.ts'
import type { FirebaseIssuer, Issuer } from './issuers/issuer.ts'
import type { Proofs } from './proof/proofs.ts'
import type { IsRevoked } from './revocation/revocation-list.ts'

/**
 * What `createIdentity` needs to know.
 * @example
 * ```ts
 * import type { Settings } from '@fieldnotes/identity/settings'
 *
 * const checks: Pick<Settings, 'loopbackIssuers' | 'environment' | 'log'> = {
 *   loopbackIssuers: 'refuse',
 *   environment: process.env,
 *   log: (level, event, fields) => console.log(JSON.stringify({ level, event, ...fields })),
 * }
 * ```
 */
export interface Settings {
  /** The issuers whose tokens are accepted. At least one. */
  readonly issuers: readonly Issuer[]
  /** This API's identifier: an absolute URL without fragment (RFC 9728 §1.2, RFC 8707 §2). */
  readonly resource: string
  /**
   * Whether plain HTTP, loopback addresses, emulators and keys whose private half is published are accepted. Say
   * `refuse` in every deployment, and `trust` in local development and tests only.
   */
  readonly loopbackIssuers: 'refuse' | 'trust'
  /**
   * The environment variables of the process. Variables that switch checks off, such as `FIREBASE_AUTH_EMULATOR_HOST`,
   * are faults.
   */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Returns milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number
  /** Fetches key sets. Default: the global `fetch`. */
  readonly fetch?: typeof fetch
  /** Receives one event for each fetch of a key set. It never receives a token or a claim. */
  readonly log: Log
  /**
   * Whether a principal is revoked. Called for every verified token, remembered ones included, and never without a
   * token. `createRevocationList` of `@fieldnotes/identity/revocation-list` makes one. Default: no credential is
   * revoked, and each token is accepted until it expires.
   */
  readonly isRevoked?: IsRevoked
  /**
   * Looks an opaque token up: in a store of the issuer, or at its introspection endpoint (RFC 7662). Called for tokens
   * without a dot, of at most 512 characters, and once in 5 seconds for one token. The claims that it returns are
   * judged by the row of their `iss`, as those of a JWT, and nothing else vouches for them. Default: an opaque token is
   * refused, and nothing is looked up.
   */
  readonly introspect?: Introspect
  /**
   * Which scopes a verified caller may use at most. Called for every verified token, remembered ones included, and
   * never without a token. `createGroupPolicies` of `@fieldnotes/identity/group-policies` makes one from the policies
   * of groups. Default: all scopes of the token.
   */
  readonly allowedScopes?: AllowedScopes
  /**
   * How tokens that are bound to a key are accepted (DPoP, RFC 9449): with the scheme `DPoP` and a proof that
   * `consume` uses up. `authenticate` then needs the method of the request. Default: such tokens are refused.
   */
  readonly proofs?: Proofs
  /** Replaces some of `defaultBounds`. */
  readonly bounds?: Partial<Bounds>
  /**
   * The options of firebase-admin's `initializeApp` for one issuer. It is called at the first account check, when
   * firebase-admin has been loaded; `cert` makes a credential of a service account. Default: application default
   * credentials.
   */
  readonly firebaseOptions?: (row: FirebaseIssuer, admin: FirebaseAdmin) => FirebaseOptions
}

/**
 * The part of firebase-admin that `firebaseOptions` receives. Its types are repeated here because the package is
 * optional.
 */
export interface FirebaseAdmin {
  /** firebase-admin's `cert`: a credential from a service account, or from the path of its JSON file. */
  readonly cert: (serviceAccount: string | object) => FirebaseCredential
}

/** firebase-admin's `Credential`. */
export interface FirebaseCredential {
  getAccessToken(): Promise<{ access_token: string; expires_in: number }>
}

/** The members of firebase-admin's `AppOptions` that an account check uses. */
export interface FirebaseOptions {
  readonly credential?: FirebaseCredential
  readonly httpAgent?: Agent
  /** Default: the issuer's `projectId`. */
  readonly projectId?: string
}
