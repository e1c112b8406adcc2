import { routeKeysOf } from '@fieldnotes/core/routes'
import { issuerRoutes } from '@fieldnotes/issuer/issuer-routes'
import { cookieSecrets, secretDigests } from './client-secrets'
import { stage } from './current-stage'
import { issuerGateway } from './issuer-gateway'
import { issuerRoleName, signingKeys } from './issuer-keys'
import { heldRole, logOf, mayLog } from './lambda-role'
import { notes } from './links'
import { permissionsOf } from './table-permissions'
import { userPool } from './user-pool'
import { session, signInScopes, signIns, web } from './user-pool-clients'

/** Log group of the issuer. */
export const log = logOf('IssuerLog', 'issuer')

/** What the issuer alone is configured with. Of our own clients' secrets it has digests. */
const own = new sst.Linkable('IssuerSettings', {
  properties: {
    webClientIds: [web.id, ...(session ? [session.id] : [])],
    keys: signingKeys.map(({ arn, state }) => ({ keyId: arn, state })),
    secretDigests: $jsonStringify(secretDigests),
  },
})

/** Its own client of the user pool, the secrets of its cookies, and the public key of the Firebase project. */
const signIn = new sst.Linkable('IssuerSignIn', {
  properties: {
    signIn: userPool.domainUrl,
    clientId: signIns.id,
    clientSecret: signIns.secret,
    scope: signInScopes,
    cookieSecrets,
    firebaseApiKey: stage.firebaseApiKey ?? '',
  },
})

/** Signs with the published keys, as tokens are signed, and reads their public halves. */
const maySign = [
  {
    actions: ['kms:Sign'],
    resources: signingKeys.map(({ arn }) => arn),
    conditions: [{ test: 'StringEquals', variable: 'kms:SigningAlgorithm', values: ['ECDSA_SHA_256'] }],
  },
  { actions: ['kms:GetPublicKey'], resources: signingKeys.map(({ arn }) => arn) },
]

/** The OAuth server: it gives tokens for the endpoint and for the exporter, and has no right to notes. */
export const issuer = new sst.aws.Function('Issuer', {
  handler: 'packages/issuer/src/handler.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memory: '1024 MB',
  // Longer than it waits for keys of other issuers (3 s), for KMS (3 s) and, over all its calls, for the table.
  timeout: '15 seconds',
  link: [notes, own, signIn],
  permissions: [...permissionsOf('issuer'), ...maySign, mayLog(log)],
  environment: { NODE_ENV: 'production' },
  logging: { logGroup: log.name, format: 'json' },
  nodejs: {
    minify: true,
    // oidc-provider and the AWS SDK become separate files, which the first request for a token loads.
    splitting: true,
    esbuild: {
      define: { 'process.env.NODE_ENV': '"production"' },
      // The list of all media types, 280 kB. SST has no alias: the few that are needed are copied beside the code.
      external: ['mime-db'],
    },
  },
  copyFiles: [{ from: 'packages/issuer/bundle/mime-db', to: 'node_modules/mime-db' }],
  transform: {
    role: (args) => {
      heldRole(args)
      args.name = issuerRoleName
    },
  },
})

/** The routes of the issuer, from the rows of `packages/issuer/src/issuer-routes.ts`. No gateway judges its callers. */
export const routes = issuerRoutes.flatMap((row) =>
  routeKeysOf(row).map((routeKey) => issuerGateway.route(routeKey, issuer.targetArn)),
)
