/** What `createIdentity` is told. A setting that could weaken a check has no default. */
import type { Log } from '@fieldnotes/core/log'
import type { AppOptions, cert } from 'firebase-admin/app'
import type { Bounds } from './bounds.ts'
import type { FirebaseIssuer, Issuer } from './issuers/issuer.ts'

export interface Settings {
  readonly issuers: readonly Issuer[]
  /** Our own identifier: an absolute URL without fragment (RFC 9728 §1.2, RFC 8707 §2). */
  readonly resource: string
  /** Whether issuers on this machine, in plain HTTP and with published keys, may be believed. Only the local cloud says `trust`. */
  readonly loopbackIssuers: 'refuse' | 'trust'
  /** The environment variables of the process, inspected for emulators and switched-off checks. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. `Date.now` unless given. */
  readonly clock?: () => number
  /** For key sets. The global one unless given. */
  readonly fetch?: typeof fetch
  readonly log: Log
  readonly bounds?: Partial<Bounds>
  /**
   * How firebase-admin reaches the project for `confirm`, told when it is first needed and loaded; `cert` makes a
   * credential of a service account. Application default credentials unless given.
   */
  readonly firebaseOptions?: (row: FirebaseIssuer, admin: { readonly cert: typeof cert }) => AppOptions
}
