/** The table of issuers, compiled: for each `iss` the one row that judges its tokens, with its keys. */
import type { Bounds } from '../bounds.ts'
import { fetchKeySet } from '../keys/fetch-key-set.ts'
import { createKeySet, type KeySet } from '../keys/key-set.ts'
import type { Voucher } from '../principal/create-principal.ts'
import type { Settings } from '../settings.ts'
import { profileOf } from './profile-of.ts'

export interface TrustedIssuer extends Voucher {
  readonly keys: KeySet
  readonly lifetimeSecondsMax: number
}

/** By exact `iss`. A pool's two spellings share one entry, and so one key set. */
export function trustedIssuers(settings: Settings, bounds: Bounds, clock: () => number): Map<string, TrustedIssuer> {
  return new Map(
    settings.issuers.flatMap((row) => {
      const issuer = trusted(row, settings, { bounds, clock })
      return issuer.profile.issuers.map((iss) => [iss, issuer] as const)
    }),
  )
}

function trusted(
  row: Settings['issuers'][number],
  settings: Settings,
  { bounds, clock }: { bounds: Bounds; clock: () => number },
): TrustedIssuer {
  const profile = profileOf(row, settings.resource)
  const source = {
    uri: row.jwksUri,
    algorithms: profile.algorithms,
    trustPublished: settings.loopbackIssuers === 'trust',
    fetch: settings.fetch ?? globalThis.fetch,
    bounds,
  }
  return {
    name: row.name,
    profile,
    scopes: new Map(Object.entries(row.scopes)),
    groupsMax: bounds.groupsMax,
    lifetimeSecondsMax: row.lifetimeSecondsMax ?? bounds.lifetimeSecondsMax,
    keys: createKeySet({ name: row.name, fetchKeys: () => fetchKeySet(source), clock, bounds, log: settings.log }),
  }
}
