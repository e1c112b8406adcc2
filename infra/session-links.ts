import { secretOf } from './client-secrets'
import { webOrigin } from './router'
import { sessionKey } from './session-key'
import { userPool } from './user-pool'
import { session as client, sessionScopes } from './user-pool-clients'

/** Configuration of browser sessions, as plain data: a link to a component would grant permissions on it. */
function createLinks(key: NonNullable<typeof sessionKey>, { id, secret }: NonNullable<typeof client>) {
  return {
    origin: new sst.Linkable('SessionOrigin', { properties: { origin: webOrigin } }),
    issuer: new sst.Linkable('SessionIssuer', { properties: { clientSecret: secretOf('firebase-session') } }),
    key: new sst.Linkable('SessionKey', { properties: { arn: key.arn } }),
    provider: new sst.Linkable('SessionProvider', {
      properties: { signIn: userPool.domainUrl, clientId: id, clientSecret: secret, scope: sessionScopes },
    }),
  }
}

/**
 * Undefined on a stage without browser sessions. Secrets are in the links `provider` and `issuer` alone: two functions
 * have these, and the entry has none.
 */
export const sessionLinks = sessionKey && client ? createLinks(sessionKey, client) : undefined
