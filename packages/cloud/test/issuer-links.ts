/** What a deployed issuer is configured with, and a fake of KMS that has its key. */
import { generateKeyPairSync } from 'node:crypto'
import { confidentialClientIds } from '@fieldnotes/issuer/client-rows'
import { clientSecretOf } from '@fieldnotes/issuer/client-secret'
import { heldKeys } from '@fieldnotes/issuer/held-key'
import { storeToken } from '@fieldnotes/issuer/test/command-line'
import { fakeKms, type KmsRequest } from '@fieldnotes/issuer/test/fake-kms'
import { storeExampleApps } from '@fieldnotes/local/example-apps'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable } from '@fieldnotes/table/table'
import { links } from './world.ts'

/** `iss` of its tokens. */
export const ownIssuer = 'https://auth.example.com/oauth'

export const keyId = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555'

/** The root of the clients’ secrets. */
const root = 'a-root-of-at-least-thirty-two-bytes'

export function secretOf(id: string): string {
  return clientSecretOf(id, root)
}

/** The link, with the apps of the user pool whose tokens can be exchanged. */
export function issuerSettings(webClientIds: readonly string[]) {
  return {
    webClientIds,
    keys: [{ keyId, state: 'active' }],
    secretDigests: JSON.stringify(
      Object.fromEntries(confidentialClientIds.map((id) => [id, [digestOf(secretOf(id))]])),
    ),
  }
}

/** Sign-in pages of the user pool. */
export const poolPages = 'https://fieldnotes-production-39bc53.auth.eu-west-1.amazoncognito.com'

/** The link of sign-ins: the client of the user pool, and the API key of a Firebase project. */
export const issuerSignIn = {
  signIn: poolPages,
  clientId: 'sign-ins',
  clientSecret: 'secret0of0the0client'.padEnd(51, '0'),
  scope: 'openid email profile notes/read notes/write notes/share notes/trash',
  cookieSecrets: ['c'.repeat(48)],
  firebaseApiKey: 'AIzaSy-0123456789_abcdefghijklmnopqrst',
}

/** KMS with a new key by that id. It adds each request to `requests`. */
export function issuerKms(requests: KmsRequest[] = []) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return fakeKms(heldKeys({ [keyId]: privateKey.export({ format: 'jwk' }) }), requests)
}

/** Stores an app of the examples and a grant of it; resolves to the body of its request for the next access token. */
export async function storeRenewal(clientId: string, database: string) {
  const access = { name: links.Notes.accessTableName, region: 'eu-west-1', endpoint: database }
  await storeExampleApps(access, root)
  const store = { table: () => createTable(access), clock: Date.now, issuer: ownIssuer }
  const resource = 'https://api.example.com/graphql'
  const grant = { clientId, resources: { [resource]: 'notes:read' } }
  const token = { gty: 'authorization_code', clientId, resource }
  return { grant_type: 'refresh_token', refresh_token: await storeToken(store, 'RefreshToken', token, grant) }
}
