/** Judges callers: tokens of our own issuer for the exporter alone, with the revocations of the table `Access`. */
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import { createRevocationList, revocationWindowSeconds } from '@fieldnotes/identity/revocation-list'
import type { Settings } from '@fieldnotes/identity/settings'
import { readRevocations } from '@fieldnotes/table/revocations'
import type { Table } from '@fieldnotes/table/table'
import type { ExporterConfig } from './exporter-config.ts'
import { exporterPath } from './exporter-routes.ts'

/** What differs between Lambda, a laptop and tests. */
export type JudgeOptions = Pick<Settings, 'environment' | 'log' | 'clock' | 'fetch'>

/** The scope that an export needs, here and at the endpoint. */
export const readScope = 'notes:read'

/** @throws Error when a setting is missing or weakens a check */
export function createExporterIdentity(
  { origin, issuer, loopbackIssuers }: ExporterConfig,
  { table, ...options }: JudgeOptions & { readonly table: () => Pick<Table, 'query'> },
): Identity {
  const { log, clock = Date.now } = options
  // Other scopes mean nothing here, and the metadata does not offer them.
  const issuers = [{ ...issuer, scopes: { [readScope]: [readScope] } }]
  const isRevoked = createRevocationList({
    read: (sinceSeconds) => readRevocations(table(), sinceSeconds),
    windowSeconds: revocationWindowSeconds(issuers),
    clock,
    log,
  })
  const settings = { environment: options.environment, log, clock, loopbackIssuers, issuers, isRevoked }
  return createIdentity({
    ...settings,
    resource: origin + exporterPath,
    ...(options.fetch && { fetch: options.fetch }),
  })
}
