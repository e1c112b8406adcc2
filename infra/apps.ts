import { developmentOrigins } from '@fieldnotes/core/cors'
import { programSecrets } from './client-secrets'
import { stage } from './current-stage'
import { resource } from './gateway'
import { issuerUrl } from './issuer-gateway'
import { userPool } from './user-pool'
import { callbackUrlOf, machine, web } from './user-pool-clients'

const atThisMachine = stage.origins.filter((origin) => developmentOrigins.includes(origin))

/**
 * What `npm run token` and `npm run smoke` read in `sst shell`: how to get a token for the stage. No function is linked
 * to it. The secret is in the stage's state anyway, encrypted.
 */
export const apps = new sst.Linkable('Apps', {
  properties: {
    endpoint: resource,
    userPool: userPool.id,
    webClient: web.id,
    // Only a personal stage has redirects to the developer's machine.
    redirects: atThisMachine.map(callbackUrlOf),
    origins: [...stage.origins],
    // Empty where the stage has no client for programs: a link has no member that is undefined.
    machineClient: machine?.id ?? '',
    machineSecret: machine?.secret ?? '',
    issuer: issuerUrl,
    clientSecrets: $jsonStringify(programSecrets),
  },
})
