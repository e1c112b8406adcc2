import { secretOf } from './client-secrets'
import { stage } from './current-stage'
import { resource } from './gateway'
import { identityPool } from './identity-pool'
import { issuerUrl } from './issuer-gateway'
import { notesTable } from './notes-table'
import { cursorSecrets, firebaseServiceAccount } from './secrets'
import { accessTable } from './table-access'
import { ratesTable } from './table-rates'
import { userPool } from './user-pool'
import { clientIds, clientScopes, web, webScopes } from './user-pool-clients'

const { region } = aws.getRegionOutput()

/**
 * Configuration of the endpoint and the authorizer, which they read at their start. Linked as plain data: a link to a
 * component would grant permissions on it.
 */
export const notes = new sst.Linkable('Notes', {
  properties: {
    resource,
    region,
    tableName: notesTable.name,
    accessTableName: accessTable.name,
    ratesTableName: ratesTable.name,
    apiKeys: stage.apiKeys,
    userPoolId: userPool.id,
    clientIds,
    clientScopes,
    operations: stage.operations,
    executor: stage.executor,
    ...(stage.decisionSample && { decisionSample: stage.decisionSample }),
    // The endpoint refuses every request without the verdict of the authorizer.
    gate: 'demanded',
    groups: stage.groups,
    identityPoolId: identityPool.id,
    webClientId: web.id,
    webScopes,
    iamServices: JSON.stringify(stage.iamServices),
    gateDenies: stage.gateDenies ? 'on' : 'off',
    firebaseProject: stage.firebaseProject ?? '',
    issuers: JSON.stringify(stage.issuers),
    fieldnotesIssuer: issuerUrl,
  },
})

/** The endpoint's secret at the issuer, with which it exchanges a person's token for one of the exporter. */
const apiClient = new sst.Linkable('ApiClient', { properties: { secret: secretOf('fieldnotes-api') } })

/** Links of the endpoint: configuration and secrets. */
export const links = [notes, cursorSecrets, firebaseServiceAccount, apiClient]
