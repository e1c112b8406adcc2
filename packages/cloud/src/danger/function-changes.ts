/** Dangerous changes of the functions, their roles and their links. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const functionDangers: readonly Danger[] = [
  danger('any action on the table', 'function', 'table-permissions', ["'dynamodb:GetItem',", "'dynamodb:*',"]),
  danger('scanning the table', 'function', 'table-permissions', [
    "'dynamodb:Query',",
    "'dynamodb:Query', 'dynamodb:Scan',",
  ]),
  danger('every table', 'function', 'table-permissions', ['resources: [notesTable.arn],', "resources: ['*'],"]),
  danger('writing through the index', 'function', 'table-permissions', [
    "actions: ['dynamodb:Query'],",
    "actions: ['dynamodb:PutItem'],",
  ]),
  danger('every partition of sessions', 'function', 'table-permissions', ['values: [...partitions]', "values: ['*']"]),
  danger('reading sessions without naming one', 'function', 'table-permissions', [
    "      { test: 'Null', variable: 'dynamodb:LeadingKeys', values: ['false'] },\n",
    '',
  ]),
  danger('sessions of every table', 'function', 'table-permissions', ['resources: [arns[shape]]', "resources: ['*']"]),
  danger('the rights of another function', 'function', 'graphql', [
    "permissionsOf('graphql')",
    "permissionsOf('issuer')",
  ]),
  danger('a link to a table itself', 'function', 'links', ['links = [notes,', 'links = [accessTable, notes,']),
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
  danger('a trigger that reads the table', 'pre-token', 'pre-token', [
    'permissions: [mayLog(log)],',
    "permissions: [mayLog(log), { actions: ['dynamodb:GetItem'], resources: ['*'] }],",
  ]),
  danger('a trigger with a link to secrets', 'pre-token', 'pre-token', [
    "  handler: 'packages",
    "  link: [new sst.Secret('More', 'x')],\n  handler: 'packages",
  ]),
  danger('tokens without an owner', 'pre-token', 'user-pool', ["Version: 'v2'", "Version: 'v1'"]),
  danger('a second trigger', 'pre-token', 'user-pool', [
    'triggers: { ',
    'triggers: { defineAuthChallenge: { ...preToken, name: undefined }, ',
  ]),
  danger('a development build', 'function', 'graphql', ['minify: true', 'minify: false']),
  danger('traces without a reader, and a right to everything', 'function', 'graphql', [
    'mayLog(log)]',
    "mayLog(log), { actions: ['xray:PutTraceSegments'], resources: ['*'] }]",
  ]),
  danger('no limit to instances', 'function', 'stage-kind', ['reserved: 200', 'reserved: null']),
  danger('issuers that the function does not get', 'function', 'links', [
    'issuers: JSON.stringify(stage.issuers)',
    "issuers: '[]'",
  ]),
]
