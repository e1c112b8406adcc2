import { parseConfig } from '@fieldnotes/api/parse-config'
import { routeKeysOf, routeRows } from '@fieldnotes/core/routes'
import { describe, expect, inject, it } from 'vitest'
import { authorizer as builtAuthorizer, deployed, preToken as trigger } from '../src/deployed.ts'
import { all, one, statementsOf, trustOf } from './find-resources.ts'

const graph = inject('production')
const role = one(graph, 'aws:iam/role:Role', 'GraphqlRole')
const type = 'aws:lambda/function:Function'
const name = 'GraphqlFunction'
const { inputs } = one(graph, type, name)

function tableName(name: string) {
  return one(graph, 'aws:dynamodb/table:Table', name).inputs.name
}
function arnOf(name: string) {
  return `arn:aws:dynamodb:eu-west-1:123456789012:table/${tableName(name)}`
}
const table = arnOf('TableTable')

const authorizerArn = `arn:aws:lambda:eu-west-1:123456789012:function:${one(graph, type, 'AuthorizerFunction').inputs.name}`
const preToken = { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:fieldnotes-production-pre-token' }

/** The statement for a partition of the table Access. */
function onAccess(partition: string, ...actions: readonly string[]) {
  return {
    Effect: 'Allow',
    Action: actions.map((action) => `dynamodb:${action}`),
    Resource: [arnOf('AccessTable')],
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partition] },
      Null: { 'dynamodb:LeadingKeys': ['false'] },
    },
  }
}

describe('function', () => {
  it('runs the handler on Node 24 and arm64', () => {
    expect(inputs).toMatchObject({
      handler: 'bundle.handler',
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      memorySize: 1024,
      timeout: 15,
      loggingConfig: { logFormat: 'JSON', logGroup: '/fieldnotes/production/graphql' },
    })
    const { handler, properties } = deployed
    expect(graph.builds.Graphql).toMatchObject({ handler, properties: { ...properties, architecture: 'arm64' } })
  })

  it('is configured by links alone; its environment names no secret', () => {
    const { variables } = inputs.environment as { variables: Record<string, string> }
    expect(Object.keys(variables).sort()).toEqual(['NODE_ENV', 'SST_KEY', 'SST_KEY_FILE', 'SST_RESOURCE_App'])
    expect(variables).toMatchObject({
      NODE_ENV: 'production',
      SST_RESOURCE_App: expect.stringContaining('"production"'),
    })
    const clientId = (name: string) => one(graph, 'aws:cognito/userPoolClient:UserPoolClient', `${name}Client`).id
    expect(graph.builds.Graphql?.links).toEqual({
      CursorSecrets: { type: 'sst.sst.Secret', value: 'a-secret-of-at-least-thirty-two-bytes' },
      FirebaseServiceAccount: { type: 'sst.sst.Secret', value: '' },
      Notes: {
        type: 'sst.sst.Linkable',
        resource: expect.stringMatching(/^https:\/\/[^/]+\/graphql$/),
        region: 'eu-west-1',
        tableName: tableName('TableTable'),
        accessTableName: tableName('AccessTable'),
        userPoolId: one(graph, 'aws:cognito/userPool:UserPool').id,
        clientIds: [clientId('Web'), clientId('Console'), clientId('Machine')],
        clientScopes: [
          { id: clientId('Web'), scopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'] },
          { id: clientId('Console'), scopes: ['notes:read', 'notes:audit'] },
          { id: clientId('Machine'), scopes: ['notes:read'] },
        ],
        operations: 'any',
        executor: 'plans',
        gate: 'demanded',
        identityPoolId: one(graph, 'aws:cognito/identityPool:IdentityPool').id,
        webClientId: clientId('Web'),
        webScopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
        iamServices: '{}',
        gateDenies: 'off',
        firebaseProject: '',
        issuers: '[]',
      },
    })
    expect(inject('everything').builds.Graphql?.links.Notes).toMatchObject({
      firebaseProject: 'fieldnotes-1234',
      operations: 'listed',
      executor: 'graphql-js',
    })
  })

  it('trusts the issuers that the settings of the deployment add, and reads them as they were checked', () => {
    const { Notes } = inject('everything').builds.Graphql?.links ?? {}
    const { issuers } = parseConfig(
      {
        App: { stage: 'production' },
        Notes,
        CursorSecrets: { value: 'a-secret-of-at-least-thirty-two-bytes' },
        FirebaseServiceAccount: { value: '' },
      },
      { NODE_ENV: 'production' },
    )
    expect(issuers.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'cognito cognito',
      'firebase firebase',
      'oidc auth0',
      'oidc okta',
    ])
    expect(issuers[2]).toMatchObject({ audience: 'https://api.example.com/graphql', clientIds: ['web'] })
  })

  it('keeps instances for itself in production, and warm ones where the settings say so', () => {
    expect(inputs.reservedConcurrentExecutions).toBe(200)
    expect(one(inject('preview'), type, name).inputs.reservedConcurrentExecutions).toBeUndefined()
    expect(all(graph, 'aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig')).toEqual([])
    const warm = inject('everything')
    expect(one(warm, 'aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig').inputs).toMatchObject({
      provisionedConcurrentExecutions: 2,
      qualifier: '1',
    })
    const endpoint = `:function:${one(warm, type, name).inputs.name}`
    const called = all(warm, 'aws:apigatewayv2/integration:Integration')
      .map((integration) => String(integration.inputs.integrationUri))
      .filter((uri) => uri.includes(endpoint))
    expect(called.length).toBeGreaterThan(1)
    for (const uri of called) expect(uri.endsWith(`${endpoint}:1`)).toBe(true)
  })

  it('may do this and nothing else', () => {
    expect(statementsOf(role)).toEqual([
      {
        Effect: 'Allow',
        Action: ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
          (action) => `dynamodb:${action}`,
        ),
        Resource: [table],
      },
      {
        Effect: 'Allow',
        Action: ['dynamodb:Query'],
        Resource: [`${table}/index/byChange`, `${table}/index/changePlaces`],
      },
      // Sign-outs of people, and their sessions, which it lists and ends and never reads.
      onAccess('REVOKED', 'PutItem', 'Query'),
      onAccess('SIGNOUT', 'DeleteItem', 'PutItem'),
      onAccess('PERSON#*', 'PutItem', 'Query', 'UpdateItem'),
      onAccess('SESSION#*', 'UpdateItem'),
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:/fieldnotes/production/graphql:*'],
      },
    ])
    expect(role.inputs.managedPolicyArns).toEqual([])
  })

  it('sends no traces: none of its code would write one, and the right to write them has no narrower resource', () => {
    for (const found of all(graph, 'aws:lambda/function:Function')) expect(found.inputs.tracingConfig).toBeUndefined()
    const statements = all(graph, 'aws:iam/role:Role').flatMap(statementsOf)
    expect(statements.length).toBeGreaterThan(4)
    for (const statement of statements) expect(statement.Resource).not.toContain('*')
  })

  it('is trusted to Lambda alone: not to the account, not to a person', () => {
    expect(trustOf(role)).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    ])
  })

  it('is called by our own API alone', () => {
    const { id } = one(graph, 'aws:apigatewayv2/api:Api')
    const others = [preToken.arn, authorizerArn]
    const permissions = all(graph, 'aws:lambda/permission:Permission')
    const callers = permissions.filter((it) => !others.includes(String(it.inputs.function)))
    expect(callers).toHaveLength(routeRows.flatMap(routeKeysOf).length)
    for (const { inputs: permission } of callers) {
      expect(permission).toMatchObject({
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:eu-west-1:123456789012:${id}/*`,
      })
    }
  })

  it('has no address of its own', () => {
    expect(all(graph, 'aws:lambda/functionUrl:FunctionUrl')).toEqual([])
  })
})

describe.each(all(graph, 'sst:aws:Function').map(({ name }) => name))('the function %s', (each) => {
  const settings = one(graph, type, `${each}Function`).inputs
  const own = one(graph, 'aws:iam/role:Role', `${each}Role`)

  it('is trusted to Lambda alone, with rights of its own and no policy of AWS', () => {
    expect(trustOf(own)).toEqual(trustOf(role))
    expect(own.inputs.managedPolicyArns).toEqual([])
    expect(settings.role).toContain(`role/${own.inputs.name}`)
  })

  it('may write one log, which is its own', () => {
    const { logGroup } = settings.loggingConfig as { logGroup: string }
    const logs = statementsOf(own).filter(({ Action }) => String(Action).includes('logs:'))
    expect(logs.map(({ Resource }) => Resource)).toEqual([
      [`arn:aws:logs:eu-west-1:123456789012:log-group:${logGroup}:*`],
    ])
    const writers = all(graph, type).filter(({ inputs: { loggingConfig } }) =>
      JSON.stringify(loggingConfig).includes(`"${logGroup}"`),
    )
    expect(writers).toHaveLength(1)
  })

  it('runs on Node 24 and arm64, and logs JSON', () => {
    expect(settings).toMatchObject({ runtime: 'nodejs24.x', architectures: ['arm64'] })
    expect(settings.loggingConfig).toMatchObject({ logFormat: 'JSON' })
  })

  it('touches no table by `*`, and scans none', () => {
    const rights = statementsOf(own).filter(({ Action }) => String(Action).includes('dynamodb:'))
    for (const { Action, Resource } of rights) {
      expect(String(Action)).not.toMatch(/\*|Scan/)
      expect(Resource).not.toContain('*')
    }
  })
})

describe('authorizer', () => {
  const own = one(graph, 'aws:iam/role:Role', 'AuthorizerRole')

  it('is built as its own tests build it', () => {
    const { handler, properties } = builtAuthorizer
    expect(graph.builds.Authorizer).toMatchObject({ handler, properties: { ...properties, architecture: 'arm64' } })
  })

  it('reads revocations and writes its log, and may do nothing else: no note, no session', () => {
    expect(statementsOf(own)).toEqual([
      onAccess('REVOKED', 'Query'),
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:/fieldnotes/production/authorizer:*'],
      },
    ])
  })

  it('has no secret: neither the keys of cursors nor the service account', () => {
    expect(Object.keys(graph.builds.Authorizer?.links ?? {})).toEqual(['Notes'])
  })

  it('has as many instances as the endpoint, because a request without one is a 500', () => {
    const reservedOf = (each: typeof graph, of: string) => one(each, type, of).inputs.reservedConcurrentExecutions
    for (const each of [graph, inject('preview')])
      expect(reservedOf(each, 'AuthorizerFunction')).toBe(reservedOf(each, 'GraphqlFunction'))
  })

  it('is called by the authorizer of our own API alone', () => {
    const api = one(graph, 'aws:apigatewayv2/api:Api').id
    const { id } = one(graph, 'aws:apigatewayv2/authorizer:Authorizer')
    const callers = all(graph, 'aws:lambda/permission:Permission').filter((it) => it.inputs.function === authorizerArn)
    expect(callers.map(({ inputs: permission }) => permission)).toEqual([
      {
        action: 'lambda:InvokeFunction',
        function: authorizerArn,
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:eu-west-1:123456789012:${api}/authorizers/${id}`,
      },
    ])
  })

  it('denies bad credentials at the gateway only where the stage says so', () => {
    expect(graph.builds.Authorizer?.links.Notes).toMatchObject({ gateDenies: 'off' })
    expect(inject('everything').builds.Authorizer?.links.Notes).toMatchObject({ gateDenies: 'on' })
  })
})

describe('signed requests', () => {
  it('are of people of our pools, and of the roles that the settings list', () => {
    const { Notes } = inject('everything').builds.Graphql?.links ?? {}
    const links = { App: { stage: 'production' }, Notes, FirebaseServiceAccount: { value: '' } }
    const secrets = { CursorSecrets: { value: 'a-secret-of-at-least-thirty-two-bytes' } }
    const { iam } = parseConfig({ ...links, ...secrets }, { NODE_ENV: 'production' })
    const userPoolId = String((Notes as { userPoolId: unknown }).userPoolId)
    expect(iam).toMatchObject({
      provider: `cognito-idp.eu-west-1.amazonaws.com/${userPoolId}`,
      identityPoolId: one(inject('everything'), 'aws:cognito/identityPool:IdentityPool').id,
      scopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
      services: { 'arn:aws:sts::123456789012:assumed-role/reports': ['notes:read'] },
    })
  })
})

describe('pre-token trigger', () => {
  const own = one(graph, 'aws:iam/role:Role', `${trigger.functionID}Role`)
  const pool = one(graph, 'aws:cognito/userPool:UserPool')

  it('runs before each access token, and is the only trigger', () => {
    expect(pool.inputs.lambdaConfig).toEqual({
      preTokenGenerationConfig: { lambdaArn: preToken.arn, lambdaVersion: 'V2_0' },
    })
  })

  it('is built as its own tests build it', () => {
    const { handler, properties } = trigger
    const build = graph.builds[trigger.functionID]
    expect(build).toMatchObject({ handler, properties: { ...properties, architecture: 'arm64' } })
    expect(build?.properties).not.toHaveProperty('splitting')
    expect(build?.properties).not.toHaveProperty('esbuild')
  })

  it('may write its log and nothing else', () => {
    expect(statementsOf(own)).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:/fieldnotes/production/pre-token:*'],
      },
    ])
    expect(own.inputs.managedPolicyArns).toEqual([])
    expect(trustOf(own)).toEqual(trustOf(role))
  })

  it('has no configuration: no link, no secret, no setting', () => {
    expect(graph.builds[trigger.functionID]?.links).toEqual({})
    const { environment } = one(graph, type, `${trigger.functionID}Function`).inputs
    expect(Object.keys((environment as { variables: object }).variables).sort()).toEqual([
      'SST_KEY',
      'SST_KEY_FILE',
      'SST_RESOURCE_App',
    ])
  })

  it('is called by our own pool alone', () => {
    const callers = all(graph, 'aws:lambda/permission:Permission').filter((it) => it.inputs.function === preToken.arn)
    expect(callers.map(({ inputs: permission }) => permission)).toEqual([
      {
        action: 'lambda:InvokeFunction',
        function: preToken.arn,
        principal: 'cognito-idp.amazonaws.com',
        sourceArn: `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${pool.id}`,
      },
    ])
  })
})
