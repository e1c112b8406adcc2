import { stage } from './current-stage'
import { heldRole, logOf, mayLog } from './lambda-role'
import { links } from './links'
import { notesPermissions, permissionsOf } from './table-permissions'

/** Log group of the endpoint. */
export const log = logOf('GraphqlLog', 'graphql')

/** The endpoint. One function serves every route. */
export const graphql = new sst.aws.Function('Graphql', {
  handler: 'packages/api/src/handler.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memory: '1024 MB',
  // Longer than a request waits for keys (3 s) and, over all its calls, for the table (about 6 s): during an outage the
  // function returns its own 503 before the gateway does.
  timeout: '15 seconds',
  link: links,
  permissions: [...notesPermissions, ...permissionsOf('graphql'), mayLog(log)],
  environment: { NODE_ENV: 'production' },
  logging: { logGroup: log.name, format: 'json' },
  nodejs: {
    minify: true,
    // Dynamic imports (Firebase, DynamoDB) become separate files, which are read on first use.
    splitting: true,
    esbuild: {
      define: { 'process.env.NODE_ENV': '"production"' },
      // Apollo's default plugins, which it would load at its start: packages/api/src/graphql/apollo-server.ts disables
      // each by name. In the bundle they would add protobuf, and split the code that they share with Apollo into
      // separate files.
      external: ['./plugin/*'],
    },
  },
  versioning: stage.provisioned > 0,
  concurrency: {
    ...(stage.reserved !== null && { reserved: stage.reserved }),
    ...(stage.provisioned > 0 && { provisioned: stage.provisioned }),
  },
  transform: {
    role: heldRole,
  },
})
