/** The laptop's identity pool: credentials of AWS for people of the user pool, and the check of what they sign. */

import { loadOnce } from '@fieldnotes/core/load-once'
import type { Log } from '@fieldnotes/core/log'
import type { SignedRequests } from '@fieldnotes/identity/signed-requests'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { Authorize } from '../gateway/authorizers.ts'
import type { LocalIssuer } from '../issuers/local-issuers.ts'
import { type Claims, clientId, defaultScope } from '../issuers/token-claims.ts'
import { isOurs } from '../pages/requests.ts'
import { answerCall } from '../pool/api/api.ts'
import type { Site } from '../site.ts'
import { createCredentials } from './credentials.ts'
import { identityPoolId, provider } from './iam-fields.ts'

/** Paths of the API: the CLI keeps the one that it is given. */
const paths: readonly string[] = ['/aws/cognito-identity/', '/aws/cognito-identity']

const prefix = 'AWSCognitoIdentityService.'

/** What the identity pool needs. */
export interface IdentityPoolOptions {
  /** The user pool. */
  readonly userPool: LocalIssuer
  /** Whether the user pool knows the sign-in of a verified token, and has not ended it. */
  readonly isCurrent: (claims: Claims) => Promise<boolean>
  /** The table of revocations. */
  readonly access: TableConfig
  /** A secret of the data folder. */
  readonly folderSecret: string
  readonly log: Log
}

/** The parts of the identity pool that the cloud puts together. */
export interface IdentityPool {
  readonly site: Site
  /** Authorizer of routes with `iam`: 403 unless the signature is valid. */
  readonly authorize: Authorize
}

/** Whose signed requests the endpoint answers. */
export function signedRequestsOf({ name, issuer }: LocalIssuer): SignedRequests {
  const scopes = defaultScope.split(' ')
  return { userPool: { name, issuer }, provider, identityPoolId, clientId, scopes, services: {} }
}

/** Creates the pool. Its code is loaded by the first request that needs it. */
export function createIdentityPool({
  userPool,
  isCurrent,
  access,
  folderSecret,
  log,
}: IdentityPoolOptions): IdentityPool {
  const credentials = createCredentials(folderSecret, Date.now)
  const calls = loadOnce(async () => {
    const [{ createIdentityPoolCalls }, { createIsRevokedSignIn }] = await Promise.all([
      import('./calls.ts'),
      import('./revoked-sign-ins.ts'),
    ])
    return createIdentityPoolCalls({
      userPool,
      isCurrent,
      credentials,
      isRevoked: createIsRevokedSignIn({ userPool, access, log }),
    })
  })
  const verify = loadOnce(async () => {
    const { createVerifySignature } = await import('../gateway/request-signature.ts')
    return createVerifySignature({ findSigner: credentials.findSigner, region: 'eu-west-1', clock: Date.now })
  })
  return {
    site: async (request, response) => {
      const [path = ''] = (request.url ?? '').split('?', 1)
      if (request.method !== 'POST' || !paths.includes(path) || !isOurs(request.headers.host)) return false
      await answerCall({ calls: await calls(), prefix, log }, request, response)
      return true
    },
    authorize: async (event, headers) => {
      const signer = (await verify())({ ...event, headers })
      return signer ? { isAuthorized: true, authorizer: { iam: signer.iam } } : { isAuthorized: false }
    },
  }
}
