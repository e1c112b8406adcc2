import type { Change } from '../copy.ts'

/** A dangerous change. */
export interface Danger extends Change {
  readonly what: string
  /** The test file of `packages/cloud/test` that must fail. */
  readonly noticedBy: 'table' | 'function' | 'gateway' | 'identity' | 'alarms' | 'resources' | 'stage' | 'graph'
}

function danger(
  what: string,
  noticedBy: Danger['noticedBy'],
  file: string,
  [from, to]: readonly [from: string | RegExp, to: string],
): Danger {
  return { what, noticedBy, file: file.includes('.') ? file : `infra/${file}.ts`, from, to }
}

/** Appends a resource to a file. */
function added(what: string, file: string, code: string): Danger {
  return danger(what, 'resources', file, [/$/, code])
}

const allowAll = "JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Principal: '*', Resource: '*' }] })"
const administrator = "policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'"

/** Dangerous changes that a review could miss. Each must fail a test. */
export const dangers: readonly Danger[] = [
  danger('any action on the table', 'function', 'table', ["'dynamodb:GetItem',", "'dynamodb:*',"]),
  danger('scanning the table', 'function', 'table', ["'dynamodb:Query',", "'dynamodb:Query', 'dynamodb:Scan',"]),
  danger('every table', 'function', 'table', ['resources: [table.arn],', "resources: ['*'],"]),
  danger('writing through the index', 'function', 'table', [
    "actions: ['dynamodb:Query'],",
    "actions: ['dynamodb:PutItem'],",
  ]),
  danger('a link to the table itself', 'function', 'links', ['links = [notes,', 'links = [table, notes,']),
  danger('the log of every function', 'function', 'lambda-role', [
    /resources: \[\$interpolate`\$\{log\.arn\}:\*`\]/,
    "resources: ['*']",
  ]),
  danger('a role that the account may take', 'function', 'lambda-role', ['  args.assumeRolePolicy = trust\n', '']),
  danger('policies that AWS changes for us', 'function', 'lambda-role', ['  args.managedPolicyArns = []\n', '']),
  danger('an address beside the gateway', 'function', 'graphql', [
    "timeout: '15 seconds',",
    "timeout: '15 seconds',\n  url: true,",
  ]),
  danger('a trigger that reads the table', 'function', 'pre-token', [
    'permissions: [mayLog(log)],',
    "permissions: [mayLog(log), { actions: ['dynamodb:GetItem'], resources: ['*'] }],",
  ]),
  danger('a trigger that is told secrets', 'function', 'pre-token', [
    "  handler: 'packages",
    "  link: [new sst.Secret('More', 'x')],\n  handler: 'packages",
  ]),
  danger('tokens that name nobody', 'function', 'user-pool', ["Version: 'v2'", "Version: 'v1'"]),
  danger('a second trigger', 'function', 'user-pool', [
    'triggers: { ',
    'triggers: { defineAuthChallenge: { ...preToken, name: undefined }, ',
  ]),
  danger('a development build', 'function', 'graphql', ['minify: true', 'minify: false']),
  danger('no traces', 'function', 'graphql', ["mode: 'Active'", "mode: 'PassThrough'"]),
  danger('no limit to instances', 'function', 'settings', ['reserved: 200', 'reserved: null']),
  danger('no way back in time', 'table', 'table', [
    'pointInTimeRecovery = { enabled: true }',
    'pointInTimeRecovery = { enabled: false }',
  ]),
  danger('no encryption of ours', 'table', 'table', [
    'serverSideEncryption = { enabled: true }',
    'serverSideEncryption = { enabled: false }',
  ]),
  danger('a table that can be deleted', 'table', 'table', [
    'deletionProtection: stage.keep',
    'deletionProtection: false',
  ]),
  danger('items that never expire', 'table', 'table', ['  ttl: timeToLive,\n', '']),
  danger('production that is not kept', 'table', 'settings', ['keep: true, logDays: 365', 'keep: false, logDays: 365']),
  danger('every origin', 'gateway', 'gateway', ['allowOrigins: [...stage.origins]', "allowOrigins: ['*']"]),
  danger('cookies across origins', 'gateway', 'gateway', ['allowCredentials: false', 'allowCredentials: true']),
  danger('one more public route', 'gateway', 'routes', ["'ANY /health',", "'ANY /health', 'GET /debug',"]),
  danger('no route for other paths', 'gateway', 'routes', [", '$default'", '']),
  danger('a header more for every page', 'gateway', 'gateway', [
    '[...cors.allowHeaders]',
    "[...cors.allowHeaders, 'cookie']",
  ]),
  danger('queries of URLs in the access log', 'gateway', 'gateway', [
    'stage: (args) => {',
    'stage: (args) => {\n      args.accessLogSettings = { destinationArn: \'x\', format: \'{"requestId":"","routeKey":"","status":"","responseLatency":"","query":"$context.requestOverride.querystring.query"}\' }',
  ]),
  danger('localhost in production', 'stage', 'settings', ['personal ? developmentOrigins : []', 'developmentOrigins']),
  danger('no throttle', 'gateway', 'gateway', [/args\.defaultRouteSettings = \{[^}]*\}/, '']),
  danger('two ways in', 'gateway', 'gateway', ['stage.domain !== null', 'false']),
  danger('logs kept for ever', 'gateway', 'gateway', ['      args.retentionInDays = stage.logDays\n', '']),
  danger('tokens in the access log', 'gateway', 'gateway', [
    'stage: (args) => {',
    'stage: (args) => {\n      args.accessLogSettings = { destinationArn: \'x\', format: \'{"requestId":"","routeKey":"","status":"","responseLatency":"","token":"$context.authorizer.claims"}\' }',
  ]),
  danger('guests', 'identity', 'identity-pool', [
    'allowUnauthenticatedIdentities: false',
    'allowUnauthenticatedIdentities: true',
  ]),
  danger('roles of the client’s choice', 'identity', 'identity-pool', [
    'allowClassicFlow: false',
    'allowClassicFlow: true',
  ]),
  danger('a role for people of any pool', 'identity', 'identity-pool', [/\{ test: 'StringEquals'.*\n/, '\n']),
  danger('rights for everybody signed in', 'identity', 'identity-pool', [
    "new aws.iam.Role('PeopleRole', {",
    "new aws.iam.Role('PeopleRole', {\n  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],",
  ]),
  danger('tokens in redirects', 'identity', 'clients', [
    "args.allowedOauthFlows = ['code']",
    "args.allowedOauthFlows = ['code', 'implicit']",
  ]),
  danger('passwords sent by apps', 'identity', 'clients', ["['ALLOW_CUSTOM_AUTH']", "['ALLOW_USER_PASSWORD_AUTH']"]),
  danger('a machine that writes', 'identity', 'clients', [
    "kind: 'machine', scopes: ['read']",
    "kind: 'machine', scopes: ['read', 'write']",
  ]),
  danger('an app that audits', 'identity', 'clients', ["'share', 'trash'] }", "'share', 'trash', 'audit'] }"]),
  danger('refresh tokens that do not rotate', 'identity', 'clients', ["feature: 'ENABLED'", "feature: 'DISABLED'"]),
  danger('tokens that can’t be revoked', 'identity', 'clients', [
    'enableTokenRevocation: true',
    'enableTokenRevocation: false',
  ]),
  danger('access tokens for a day', 'identity', 'clients', ['accessTokenValidity: 15', 'accessTokenValidity: 1440']),
  danger('telling who exists', 'identity', 'clients', [
    "preventUserExistenceErrors: 'ENABLED'",
    "preventUserExistenceErrors: 'LEGACY'",
  ]),
  danger('short passwords', 'identity', 'user-pool', ['minimumLength: 12', 'minimumLength: 6']),
  danger('recovery by telephone', 'identity', 'user-pool', ["name: 'verified_email'", "name: 'verified_phone_number'"]),
  danger('addresses that nobody verified', 'identity', 'user-pool', [/args\.userAttributeUpdateSettings = .*\n/, '\n']),
  danger('a pool that can be deleted', 'identity', 'user-pool', ["stage.keep ? 'ACTIVE' : 'INACTIVE'", "'INACTIVE'"]),
  added(
    'a policy beside the function’s role',
    'graphql',
    `new aws.iam.RolePolicy('More', { role: graphql.nodes.role.name, policy: ${allowAll} })`,
  ),
  added(
    'a managed policy beside the function’s role',
    'graphql',
    `new aws.iam.RolePolicyAttachment('More', { role: graphql.nodes.role.name, ${administrator} })`,
  ),
  added(
    'a policy beside the role of people',
    'identity-pool',
    `new aws.iam.RolePolicy('More', { role: signedIn.name, policy: ${allowAll} })`,
  ),
  added(
    'a managed policy beside the role of people',
    'identity-pool',
    `new aws.iam.RolePolicyAttachment('More', { role: signedIn.name, ${administrator} })`,
  ),
  added(
    'a table open to everybody',
    'table',
    `new aws.dynamodb.ResourcePolicy('More', { resourceArn: table.arn, policy: ${allowAll} })`,
  ),
  added(
    'a topic open to everybody',
    'alarms',
    `new aws.sns.TopicPolicy('More', { arn: topic.arn, policy: ${allowAll} })`,
  ),
  danger('a topic that is open by itself', 'resources', 'alarms', [
    "new aws.sns.Topic('Alarms')",
    `new aws.sns.Topic('Alarms', { policy: ${allowAll} })`,
  ]),
  added(
    'somebody who is staff from the start',
    'user-pool',
    "new aws.cognito.UserInGroup('More', { userPoolId: userPool.id, groupName: staff.name, username: 'mallory' })",
  ),
  danger('roles by what a token says', 'resources', 'identity-pool', [
    'roles: { authenticated: signedIn.arn },',
    "roles: { authenticated: signedIn.arn },\n  roleMappings: [{ identityProvider: 'x', type: 'Token' }],",
  ]),
  danger('addresses of SAML that nobody verified', 'identity', 'providers', [
    "attributes: { email: 'http",
    "attributes: { email_verified: 'verified', email: 'http",
  ]),
  danger('an alarm that nobody hears', 'alarms', 'alarms', ['alarmActions: [topic.arn]', 'alarmActions: []']),
  danger('refusals that nobody counts', 'alarms', 'metrics', ["event: 'refused' }, by", "event: 'denied' }, by"]),
  danger('unknown keys that nobody counts', 'alarms', 'metrics', ["reason: 'key_unknown'", "reason: 'key_lost'"]),
  danger('an alarm that fires below its threshold', 'alarms', 'alarms', [
    'GreaterThanOrEqualToThreshold',
    'LessThanThreshold',
  ]),
  danger('an alarm that waits for two hours', 'alarms', 'alarms', [
    'evaluationPeriods: periods',
    'evaluationPeriods: 24',
  ]),
  danger('an alarm that looks once a day', 'alarms', 'alarms', ['period: 300', 'period: 86_400']),
  danger('an average of errors', 'alarms', 'alarms', ["statistic: 'Sum'", "statistic: 'Average'"]),
  danger('the median in place of the slowest', 'alarms', 'alarms', ["percentile: 'p99'", "percentile: 'p50'"]),
  danger('an alarm about another function', 'alarms', 'alarms', [
    'FunctionName: graphql.name',
    "FunctionName: 'other'",
  ]),
  danger('an alarm about another table', 'alarms', 'alarms', ['TableName: table.name', "TableName: 'other'"]),
  danger('an alarm about another API', 'alarms', 'alarms', ['ApiId: gateway.nodes.api.id', "ApiId: 'other'"]),
  danger('an alarm about another code', 'alarms', 'alarms', ["code: 'UNAVAILABLE'", "code: 'NOT_FOUND'"]),
  danger('an alarm that takes silence for trouble', 'alarms', 'alarms', ["'notBreaching'", "'breaching'"]),
  danger('a threshold that nothing reaches', 'alarms', 'alarms', ['threshold: atLeast', 'threshold: atLeast * 1000']),
  danger('any subdomain as origin', 'stage', 'settings', ['[a-z0-9.-]+(:', '[a-z0-9.*-]+(:']),
  danger('an issuer at a laptop', 'stage', 'settings', ["(given, 'deployed')", "(given, 'laptop')"]),
  danger('issuers that the function does not get', 'function', 'links', [
    'issuers: JSON.stringify(stage.issuers)',
    "issuers: '[]'",
  ]),
  danger('a threshold that forgets the added issuers', 'alarms', 'alarms', ['2 + stage.issuers.length', '2']),
  danger('a key that everybody knows', 'stage', 'secrets', [
    "new sst.Secret('CursorSecrets')",
    "new sst.Secret('CursorSecrets', 'x'.repeat(32))",
  ]),
  danger('more warm instances than are kept', 'stage', 'settings', ['provisioned <= reserved', 'provisioned >= 0']),
  danger('half a provider', 'stage', 'providers', [/ {4}if \(given < .*\n/, '']),
  danger('production that can be removed', 'stage', 'sst.config.ts', ['protect: keep', 'protect: false']),
]
