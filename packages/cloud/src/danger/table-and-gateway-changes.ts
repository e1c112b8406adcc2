/** Dangerous changes of the table and the gateway. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const tableAndGatewayDangers: readonly Danger[] = [
  danger('no way back in time', 'table', 'table-options', [
    'pointInTimeRecovery = { enabled: backups }',
    'pointInTimeRecovery = { enabled: false }',
  ]),
  danger('sessions without a way back in time', 'table', 'table-access', ['tableShapes.access', 'tableShapes.rates']),
  danger('no encryption with a key of KMS', 'table', 'table-options', [
    'serverSideEncryption = { enabled: true }',
    'serverSideEncryption = { enabled: false }',
  ]),
  danger('a table that can be deleted', 'table', 'table-options', [
    'deletionProtection: stage.keep',
    'deletionProtection: false',
  ]),
  danger('a restored table that the function may not use', 'table', 'notes-table', ['arn: each.arn', 'arn: table.arn']),
  danger('a table that is adopted unread', 'adopted-table', 'notes-table', [/ +adoptable\(each.*\n/, '']),
  danger('a restored table that can be deleted', 'adopted-table', 'adopted-table', [
    'adopter.keep ? careFaults(table, adopter.ceiling) : []',
    '[]',
  ]),
  danger('the table of another stage', 'adopted-table', 'adopted-table', ['...ownerFaults(table, adopter), ', '']),
  danger('the restored data of production in any stage', 'adopted-table', 'adopted-table', [
    'tags[tag] === value ? []',
    'tags[tag] === undefined || tags[tag] === value ? []',
  ]),
  danger('a restored table with a key that AWS owns', 'adopted-table', 'adopted-table', [
    'table.serverSideEncryption?.enabled',
    'true',
  ]),
  danger('a restored table with a ceiling of reads alone', 'adopted-table', 'adopted-table', [
    ' && ceiling.maxWriteRequestUnits === writes',
    '',
  ]),
  danger('a restored table with a day of recovery', 'adopted-table', 'adopted-table', [
    'days === recoveryDays',
    'days > 0',
  ]),
  danger('keys of numbers', 'adopted-table', 'adopted-table', ["...(areTexts ? [] : ['its keys are not texts']),", '']),
  danger('a restored table that the function does not use', 'table', 'links', ['notesTable.name', "'notes'"]),
  danger('a table that goes when another is adopted', 'table', 'table', [
    "export const table = new sst.aws.Dynamo('Table', {",
    "import { stage } from './current-stage'\nexport const table = stage.table ? { name: '', arn: '' } : new sst.aws.Dynamo('Table', {",
  ]),
  danger('a table without a ceiling on its cost', 'table', 'table-options', ['args.onDemandThroughput = ceiling', '']),
  danger('items that never expire', 'table', 'table-options', ['    ttl: timeToLive,\n', '']),
  danger('production that is not kept', 'table', 'stage-kind', [
    'keep: true, logDays: 365',
    'keep: false, logDays: 365',
  ]),
  danger('every origin', 'gateway', 'http-api', ['allowOrigins: [...stage.origins]', "allowOrigins: ['*']"]),
  danger('cookies across origins', 'gateway', 'http-api', ['allowCredentials: false', 'allowCredentials: true']),
  danger('one more public route', 'gateway', 'routes', [
    /$/,
    "gateway.route('GET /debug', functions.graphql.targetArn)\n",
  ]),
  danger('no route for other paths', 'gateway', 'routes', [
    'Object.entries(stageRoutes)',
    "Object.entries(stageRoutes).filter(([path]) => path !== '$default')",
  ]),
  danger('routes with an authorizer of the gateway that could be mistaken for a lock', 'gateway', 'routes', [
    'none: {}',
    'none: { auth: { iam: true } }',
  ]),
  danger('settings of routes that do not exist yet', 'gateway', 'http-api', [
    '        options.dependsOn = definedRoutes()\n',
    '',
  ]),
  danger('a header more for every page', 'gateway', 'http-api', [
    '[...cors.allowHeaders]',
    "[...cors.allowHeaders, 'cookie']",
  ]),
  danger('queries of URLs in the access log', 'gateway', 'http-api', [
    'stage: (args, options) => {',
    'stage: (args, options) => {\n      args.accessLogSettings = { destinationArn: \'x\', format: \'{"requestId":"","routeKey":"","status":"","responseLatency":"","query":"$context.requestOverride.querystring.query"}\' }',
  ]),
  danger('failed integrations that all look alike', 'gateway', 'http-api', [/ +args\.accessLogSettings = .*\n/, '']),
  danger('no throttle', 'gateway', 'http-api', ['args.defaultRouteSettings = throttleOf({ throttle: 1 })', '']),
  danger('two ways in', 'gateway', 'http-api', ['domain !== null', 'false']),
  danger('logs that never expire', 'gateway', 'http-api', ['        args.retentionInDays = stage.logDays\n', '']),
  danger('tokens in the access log', 'gateway', 'http-api', [
    'stage: (args, options) => {',
    'stage: (args, options) => {\n      args.accessLogSettings = { destinationArn: \'x\', format: \'{"requestId":"","routeKey":"","status":"","responseLatency":"","token":"$context.authorizer.claims"}\' }',
  ]),
]
