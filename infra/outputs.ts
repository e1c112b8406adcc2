import { resource } from './gateway'
import { identityPool } from './identity-pool'
import { issuerUrl } from './issuer-gateway'
import { notesTable } from './notes-table'
import { webOrigin } from './router'
import { accessTable } from './table-access'
import { userPool } from './user-pool'
import { console_, machine, web } from './user-pool-clients'

/** Values printed after a deployment. None is secret. */
export const outputs = {
  endpoint: resource,
  issuer: issuerUrl,
  ...(webOrigin && { origin: webOrigin }),
  signIn: userPool.domainUrl,
  userPool: userPool.id,
  webClient: web.id,
  consoleClient: console_.id,
  ...(machine && { machineClient: machine.id }),
  identityPool: identityPool.id,
  table: notesTable.name,
  accessTable: accessTable.name,
}
