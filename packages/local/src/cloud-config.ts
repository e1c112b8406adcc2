/** The endpoint's configuration on the laptop. */
import type { Config } from '@fieldnotes/api/config'
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { ownClientSecret } from './issuers/own-issuer.ts'
import { clientScopes } from './pool/clients.ts'
import type { Tables } from './tables.ts'

/** What differs between clouds. */
export interface ConfigParts {
  /** Base URL of the cloud. */
  readonly url: string
  readonly issuers: readonly Issuer[]
  readonly tables: Tables
  /** A secret of the data folder. */
  readonly folderSecret: string
}

/** The configuration without what the settings of the cloud select. */
export function configOf({
  url,
  issuers,
  tables,
  folderSecret,
}: ConfigParts): Omit<Config, 'executor'> & { readonly access: TableConfig } {
  const clientId = 'fieldnotes-api'
  const clientSecret = ownClientSecret(clientId, folderSecret)
  return {
    stage: 'local',
    development: true,
    resource: `${url}/graphql`,
    issuers,
    clientScopes: clientScopes(),
    table: tables.notes,
    access: tables.access,
    rates: tables.rates,
    operations: 'any',
    cursorSecrets: [folderSecret],
    downstream: { tokenEndpoint: `${url}/oauth/token`, clientId, clientSecret, exporter: `${url}/exporter` },
  }
}
