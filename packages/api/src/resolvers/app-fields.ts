/** Fields of `ConnectedApp` that are not properties of the stored app. */
import type { ConnectedAppResolvers } from '../generated/resolver-types.ts'
import { globalId } from '../notes/ids.ts'
import { instant } from '../sign-ins/instant.ts'

export const connectedApp: ConnectedAppResolvers = {
  id: ({ clientId }) => globalId('ConnectedApp', clientId),
  scopes: ({ scopes }) => [...scopes],
  since: ({ since }) => instant(since),
  lastUsedAt: ({ lastUsedAt }) => instant(lastUsedAt),
}
