/** Dangerous changes that only the text of the whole graph shows. */
import { type Danger, danger } from './danger-row.ts'

function inGraph(what: string, file: string, change: readonly [from: string, to: string]): Danger {
  return danger(what, 'graph', file, change)
}

/**
 * Changes that no test of a single concern covers, or that exist in some stages only. The test of the whole graph must
 * fail.
 */
export const graphDangers: readonly Danger[] = [
  inGraph('rights that only a preview has', 'graphql', [
    'mayLog(log)]',
    "mayLog(log), ...(stage.keep ? [] : [{ actions: ['dynamodb:*'], resources: ['*'] }])]",
  ]),
  inGraph('rights that come with a domain', 'graphql', [
    'mayLog(log)]',
    "mayLog(log), ...(stage.domain ? [{ actions: ['dynamodb:*'], resources: ['*'] }] : [])]",
  ]),
  inGraph('a preview’s role that the account may take', 'lambda-role', [
    'if ($dev) return',
    'if ($dev || !stage.keep) return',
  ]),
  inGraph('previews whose alarms have no receiver', 'alarms', [
    'alarmActions: [topic.arn]',
    'alarmActions: stage.keep ? [topic.arn] : []',
  ]),
  inGraph('code of strangers beside ours', 'graphql', [
    "timeout: '15 seconds',",
    "timeout: '15 seconds',\n  layers: ['arn:aws:lambda:eu-west-1:666666666666:layer:more:1'],",
  ]),
  inGraph('a route that the throttle passes over', 'http-api', [
    'if (routeSettings.length > 0) args.routeSettings = routeSettings',
    "args.routeSettings = [{ routeKey: 'ANY /graphql', throttlingRateLimit: 10_000 }]",
  ]),
  inGraph('signing out to anywhere', 'user-pool-clients', ['[...stage.origins]', "['https://elsewhere.example.org']"]),
  inGraph('refresh tokens for ten years', 'user-pool-clients', [
    'refreshTokenValidity = 30',
    'refreshTokenValidity = 3650',
  ]),
  inGraph('a plan without triggers', 'user-pool', ["'ESSENTIALS'", "'LITE'"]),
  inGraph('two accounts of one address', 'user-pool', [
    'args.userPoolTier',
    'args.usernameConfiguration = { caseSensitive: true }\n      args.userPoolTier',
  ]),
  inGraph('people of anywhere in the identity pool', 'identity-pool', [
    'allowClassicFlow: false,',
    "allowClassicFlow: false,\n  developerProviderName: 'anywhere',",
  ]),
  inGraph('sign-ins that a SAML provider begins', 'providers', [
    "IDPSignout: 'true'",
    "IDPSignout: 'true', IDPInit: 'true'",
  ]),
  inGraph('a day of way back in time', 'table-options', [
    'pointInTimeRecovery = { enabled: backups }',
    'pointInTimeRecovery = { enabled: backups, recoveryPeriodInDays: 1 }',
  ]),
  inGraph('the table once more in another country', 'table-options', [
    'args.serverSideEncryption',
    "args.replicas = [{ regionName: 'us-east-1' }]\n      args.serverSideEncryption",
  ]),
  inGraph('a secret among the outputs', 'outputs', [
    'table: notesTable.name,',
    "table: new sst.Secret('CursorSecrets2', 'x').value,",
  ]),
  inGraph('an executor that no setting selects', 'links', ['executor: stage.executor', "executor: 'graphql-js'"]),
  inGraph('listed operations that are not', 'links', ['operations: stage.operations', "operations: 'any'"]),
]
