/** Compiles the configured issuers: each accepted `iss` → its token profile, keys and scope table. */
import type { Log } from '@fieldnotes/core/log'
import type { Bounds } from '../bounds.ts'
import { fetchKeySet } from '../keys/fetch-key-set.ts'
import { createKeySet, type KeySet } from '../keys/key-set.ts'
import type { PrincipalSource } from '../principal/create-principal.ts'
import type { Issuer } from './issuer.ts'
import { profileOf } from './profile-of.ts'

/** All that is needed to judge a token of one issuer. */
export interface TrustedIssuer extends PrincipalSource {
  readonly keys: KeySet
  /** Longest accepted `exp - iat`, in seconds. */
  readonly lifetimeSecondsMax: number
}

/** What all issuers share. */
export interface SharedOptions {
  /** This API's identifier. */
  readonly resource: string
  /** Whether keys whose private half is public are accepted. */
  readonly trustPublishedKeys: boolean
  readonly fetch: typeof fetch
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
  readonly bounds: Bounds
  readonly log: Log
}

/** Returns issuers by exact `iss`. The two `iss` of a Cognito pool share one entry, and so one key set. */
export function trustedIssuers(issuers: readonly Issuer[], shared: SharedOptions): Map<string, TrustedIssuer> {
  return new Map(
    issuers.flatMap((row) => {
      const issuer = compile(row, shared)
      return issuer.profile.issuers.map((iss) => [iss, issuer] as const)
    }),
  )
}

function compile(
  row: Issuer,
  { resource, trustPublishedKeys, fetch, clock, bounds, log }: SharedOptions,
): TrustedIssuer {
  const profile = profileOf(row, resource)
  const source = { uri: row.jwksUri, algorithms: profile.algorithms, trustPublishedKeys, fetch, bounds }
  return {
    name: row.name,
    profile,
    scopes: new Map(Object.entries(row.scopes)),
    groupsMax: bounds.groupsMax,
    lifetimeSecondsMax: row.lifetimeSecondsMax ?? bounds.lifetimeSecondsMax,
    keys: createKeySet({ name: row.name, fetchKeys: () => fetchKeySet(source), clock, bounds, log }),
  }
}
