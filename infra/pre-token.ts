import { heldRole, logOf, mayLog } from './lambda-role'

const log = logOf('PreTokenLog', 'pre-token')

/** Trigger that adds name and e-mail address to Cognito's access tokens. Its only permission is to write its log. */
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
