/** Dangerous changes of settings of a stage, and resources that no row expects. */
import { added, administrator, allowAll, type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const stageAndResourceDangers: readonly Danger[] = [
  danger('localhost in production', 'settings', 'stage-settings', [
    'personal ? developmentOrigins : []',
    'developmentOrigins',
  ]),
  danger('any subdomain as origin', 'settings', 'stage-settings', ['[a-z0-9.-]+(:', '[a-z0-9.*-]+(:']),
  danger('an issuer at a laptop', 'settings', 'stage-settings', ["(given, 'deployed')", "(given, 'laptop')"]),
  danger('a key that is in the source', 'stage', 'secrets', [
    "new sst.Secret('CursorSecrets')",
    "new sst.Secret('CursorSecrets', 'x'.repeat(32))",
  ]),
  danger('warm instances that fail the second deployment', 'settings', 'stage-settings', [
    'Math.floor((reserved ?? sharedByDefault) / 2)',
    'reserved ?? sharedByDefault',
  ]),
  danger('a name that AWS refuses halfway', 'settings', 'stage-kind', ['/aws|amazon|cognito/', '/aws-/']),
  danger('a misspelt setting that nothing reads', 'settings', 'stage-settings', ['  assertKnown(env)\n', '']),
  danger('settings of the terminal in production', 'stage', 'current-stage', [/if \(kindOf.*\n/, '']),
  danger('capitals in an address', 'settings', 'stage-kind', ['+)*$/.test(stage)', '+)*$/i.test(stage)']),
  danger('the account number in an address', 'stage', 'user-pool', ['digest.slice(0, 6)', 'account']),
  danger('a role that no stage claims', 'resources', 'identity-pool', [/ {2}name: `.*-people`,\n/, '']),
  danger('a dashboard that no stage claims', 'resources', 'dashboard', [
    /dashboardName: .*,/,
    'dashboardName: $app.name,',
  ]),
  danger('an identity pool that no stage claims', 'resources', 'identity-pool', [
    /identityPoolName: .*,/,
    'identityPoolName: $app.name,',
  ]),
  danger('half a provider', 'stage', 'providers', [/ {4}if \(given < .*\n/, '']),
  danger('production that can be removed', 'stage', 'sst.config.ts', ['protect: keep', 'protect: false']),
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
    'a table open to every account',
    'table',
    `new aws.dynamodb.ResourcePolicy('More', { resourceArn: table.arn, policy: ${allowAll} })`,
  ),
  added(
    'a topic open to every account',
    'alarms',
    `new aws.sns.TopicPolicy('More', { arn: topic.arn, policy: ${allowAll} })`,
  ),
  danger('a topic that is open by itself', 'resources', 'alarms', [
    "new aws.sns.Topic('Alarms', {",
    `new aws.sns.Topic('Alarms', { policy: ${allowAll},`,
  ]),
  added(
    'a person who is staff from the start',
    'user-pool',
    "new aws.cognito.UserInGroup('More', { userPoolId: userPool.id, groupName: staff.name, username: 'mallory' })",
  ),
  danger('roles by what a token says', 'resources', 'identity-pool', [
    'roles: { authenticated: signedIn.arn },',
    "roles: { authenticated: signedIn.arn },\n  roleMappings: [{ identityProvider: 'x', type: 'Token' }],",
  ]),
]
