import { stage } from './current-stage'
import { gateway } from './gateway'
import { heldRole, logOf, mayLog } from './lambda-role'
import { notes } from './links'
import { permissionsOf } from './table-permissions'

/** Log group of the authorizer. */
export const log = logOf('AuthorizerLog', 'authorizer')

/**
 * The first of the two locks: verifies the credential of each request before the endpoint does. It reads revocations,
 * and has no right to notes and no secret.
 */
export const authorizer = new sst.aws.Function('Authorizer', {
  handler: 'packages/authorizer/src/handler.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memory: '512 MB',
  // Longer than it waits for keys (3 s) and for the revocations (2 s).
  timeout: '8 seconds',
  link: [notes],
  permissions: [...permissionsOf('authorizer'), mayLog(log)],
  environment: { NODE_ENV: 'production' },
  logging: { logGroup: log.name, format: 'json' },
  nodejs: {
    minify: true,
    // The AWS SDK becomes a separate file, which the first valid token loads.
    splitting: true,
    esbuild: { define: { 'process.env.NODE_ENV': '"production"' } },
  },
  // A request without an instance of the authorizer is a 500: it gets as many as the endpoint.
  concurrency: { ...(stage.reserved !== null && { reserved: stage.reserved }) },
  transform: { role: heldRole },
})

/**
 * The authorizer of the routes with `gate`. API Gateway answers 401 by itself where an identity source is missing in a
 * request, so that it has none: requests without a token reach the function too. Without a source, and because a cached
 * verdict would outlive its token, nothing is cached.
 */
export const gate = gateway.addAuthorizer({
  name: 'Gate',
  lambda: { function: authorizer.arn, identitySources: [], ttl: '0 seconds', response: 'simple', payload: '2.0' },
})
