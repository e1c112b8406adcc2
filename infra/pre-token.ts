import { heldRole, logOf, mayLog } from './lambda-role'

const log = logOf('PreTokenLog', 'pre-token')

/** Cognito's access tokens name nobody by themselves. This function adds the name and the address; it may log, and nothing else. */
export const preToken = {
  name: `${$app.name}-${$app.stage}-pre-token`,
  handler: 'packages/api/src/pre-token.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memory: '256 MB',
  // Cognito waits for 5 seconds.
  timeout: '5 seconds',
  permissions: [mayLog(log)],
  logging: { logGroup: log.name, format: 'json' },
  nodejs: { minify: true },
  transform: { role: heldRole },
} satisfies sst.aws.FunctionArgs
