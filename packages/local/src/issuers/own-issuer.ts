/** Our own issuer on the laptop: the deployed code, with a key of the data folder in the place of KMS. */
import type { Config } from '@fieldnotes/api/config'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { Log } from '@fieldnotes/core/log'
import {
  confidentialClientIds,
  grantTypesOf,
  type OwnClient,
  ownClientIds,
  ownRow,
} from '@fieldnotes/issuer/client-rows'
import { clientSecretOf, cookieSecretOf } from '@fieldnotes/issuer/client-secret'
import { digestOf } from '@fieldnotes/table/digest'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { exampleApiKey, exampleApplication } from '../example-application.ts'
import type { Handler } from '../gateway/gateway.ts'
import { appClient, clientSecret } from '../pool/clients.ts'
import type { ListedClient } from './clients-file.ts'
import { issuerNamed, type LocalIssuer } from './local-issuers.ts'
import { clientId, issuerClientId, poolPath, sessionClientId } from './token-claims.ts'

/** What the issuer of a cloud is created from. */
export interface OwnIssuerParts {
  /** Base URL of the cloud. */
  readonly url: string
  readonly issuers: readonly LocalIssuer[]
  readonly config: Pick<Config, 'issuers' | 'groups'> & { readonly access: TableConfig }
  /** A secret of the data folder, from which the secrets of clients are derived. */
  readonly folderSecret: string
  readonly log: Log
}

/** Secret of a client that authenticates. It survives a restart. */
export function ownClientSecret(id: OwnClient, folderSecret: string): string {
  return clientSecretOf(id, folderSecret)
}

/** The clients of our own issuer, for `clients.json`. */
export function listedOwnClients(folderSecret: string): readonly ListedClient[] {
  return ownClientIds.flatMap((id): readonly ListedClient[] => {
    const row = ownRow(id)
    if (!row) return []
    const known = { name: id, client_id: id, grants: grantTypesOf(row) }
    if (row.profile === 'app') return [{ ...known, redirect_uris: row.grants.code.redirectUris }]
    const key = id === exampleApplication ? { api_key: exampleApiKey(folderSecret) } : {}
    return [{ ...known, client_secret: ownClientSecret(id, folderSecret), redirect_uris: [], ...key }]
  })
}

/** Name of the key at the fake KMS. */
const keyId = 'fieldnotes'

/** Loads the issuer at its first request. It believes the issuers of the laptop, and none that settings add. */
export function ownIssuer({ url, issuers, config, folderSecret, log }: OwnIssuerParts): () => Promise<Handler> {
  const own = issuerNamed(issuers, 'fieldnotes')
  return loadOnce(async () => {
    const [{ createHandler }, { heldKeys }] = await Promise.all([
      import('@fieldnotes/issuer/create-handler'),
      import('@fieldnotes/issuer/held-key'),
    ])
    const secrets = confidentialClientIds.map((id) => [
      id,
      { secretDigests: [digestOf(ownClientSecret(id, folderSecret))] },
    ])
    const settings = {
      issuer: own.issuer,
      origin: url,
      issuers: config.issuers.filter(({ name }) => issuers.some((row) => row.name === name)),
      webClientIds: [clientId, sessionClientId],
      access: config.access,
      ...(config.groups && { groups: config.groups }),
      keys: [{ keyId, state: 'active' }],
      keyService: heldKeys({ [keyId]: own.privateJwk }),
      credentials: Object.fromEntries(secrets),
      signIn: signInAt(url, folderSecret),
      loopbackIssuers: 'trust',
    } as const
    return createHandler(settings, { environment: {}, log })
  })
}

/** The local providers. Unlike Cognito, the local user pool names itself in its answers (RFC 9207). */
function signInAt(url: string, folderSecret: string) {
  const issuer = `${url}${poolPath}`
  const userPool = {
    issuer,
    authorizationEndpoint: `${issuer}/oauth2/authorize`,
    tokenEndpoint: `${issuer}/oauth2/token`,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    clientId: issuerClientId,
    clientSecret: clientSecret(folderSecret, issuerClientId),
    scope: appClient(issuerClientId)?.scopes.join(' ') ?? '',
    namesItself: true,
  }
  const firebase = { apiKey: 'local', identityToolkit: `${url}/identitytoolkit.googleapis.com` }
  return { userPool, firebase, cookieSecrets: [cookieSecretOf(folderSecret)] } as const
}
