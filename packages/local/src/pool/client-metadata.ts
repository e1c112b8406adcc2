/** The app clients as oidc-provider takes them. */
import type { ClientMetadata } from 'oidc-provider'
import { type AppClient, loopbackUris } from './clients.ts'

/** The metadata of a client (RFC 7591 §2). A machine client has a secret and no redirect. */
export function metadataOf({ id, kind, callbackPaths = [] }: AppClient, secret: string): ClientMetadata {
  if (kind === 'machine') {
    const grants = { grant_types: ['client_credentials'], response_types: [], redirect_uris: [] }
    return { client_id: id, client_secret: secret, token_endpoint_auth_method: 'client_secret_basic', ...grants }
  }
  return {
    client_id: id,
    // Redirect URIs of a native app match at any port of this machine.
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...(kind === 'public'
      ? { token_endpoint_auth_method: 'none', redirect_uris: loopbackUris(callbackPaths) }
      : {
          token_endpoint_auth_method: 'client_secret_basic',
          client_secret: secret,
          redirect_uris: loopbackUris(callbackPaths),
        }),
  }
}
