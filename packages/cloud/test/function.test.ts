import { parseConfig } from '@fieldnotes/api/parse-config'
import { routeKeysOf, routeRows } from '@fieldnotes/core/routes'
import { sessionRouteRows } from '@fieldnotes/core/session-routes'
import { exporterRoutes } from '@fieldnotes/exporter/exporter-routes'
import { describe, expect, inject, it } from 'vitest'
import { deployed } from '../src/deployed.ts'
import { all, onAccess, one, onRates, statementsOf, tableArnOf, tableNameOf, trustOf } from './find-resources.ts'

const graph = inject('production')
const role = one(graph, 'aws:iam/role:Role', 'GraphqlRole')
const type = 'aws:lambda/function:Function'
const name = 'GraphqlFunction'
const { inputs } = one(graph, type, name)

const table = tableArnOf(graph, 'TableTable')

function arnOf(name: string): string {
  return `arn:aws:lambda:eu-west-1:123456789012:function:${one(graph, type, name).inputs.name}`
}

const [authorizerArn, issuerArn] = [arnOf('AuthorizerFunction'), arnOf('IssuerFunction')]
const preToken = { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:fieldnotes-production-pre-token' }

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
      ApiClient: { type: 'sst.sst.Linkable', secret: expect.stringMatching(/^[\w-]{48}$/) },
      CursorSecrets: { type: 'sst.sst.Secret', value: 'a-secret-of-at-least-thirty-two-bytes' },
      FirebaseServiceAccount: { type: 'sst.sst.Secret', value: '' },
      Notes: {
        type: 'sst.sst.Linkable',
        resource: expect.stringMatching(/^https:\/\/[^/]+\/graphql$/),
        region: 'eu-west-1',
        tableName: tableNameOf(graph, 'TableTable'),
        accessTableName: tableNameOf(graph, 'AccessTable'),
        ratesTableName: tableNameOf(graph, 'RatesTable'),
        apiKeys: 'optional',
        userPoolId: one(graph, 'aws:cognito/userPool:UserPool').id,
        clientIds: ['Web', 'Console', 'Machine', 'Sessions'].map(clientId),
        clientScopes: [
          { id: clientId('Web'), scopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'] },
          { id: clientId('Console'), scopes: ['notes:read', 'notes:audit'] },
          { id: clientId('Machine'), scopes: ['notes:read'] },
          { id: clientId('Sessions'), scopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'] },
        ],
        operations: 'any',
        executor: 'plans',
        gate: 'demanded',
        groups: 'open',
        identityPoolId: one(graph, 'aws:cognito/identityPool:IdentityPool').id,
        webClientId: clientId('Web'),
        webScopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
        iamServices: '{}',
        gateDenies: 'off',
        firebaseProject: '',
        issuers: '[]',
        fieldnotesIssuer: expect.stringMatching(/^https:\/\/[^/]+\/oauth$/),
      },
    })
    expect(inject('everything').builds.Graphql?.links.Notes).toMatchObject({
      apiKeys: 'demanded',
      firebaseProject: 'fieldnotes-1234',
      operations: 'listed',
      executor: 'graphql-js',
      groups: 'governed',
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
      'fieldnotes fieldnotes',
      'oidc auth0',
      'oidc okta',
    ])
    expect(issuers[3]).toMatchObject({ audience: 'https://api.example.com/graphql', clientIds: ['web'] })
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
      // Sign-outs of people, their apps, and their sessions, which it lists and ends and never reads.
      onAccess(graph, 'REVOKED', 'PutItem', 'Query'),
      onAccess(graph, 'GROUPS', 'Query'),
      onAccess(graph, 'OIDC#AccessToken#*', 'GetItem'),
      onAccess(graph, 'ENDED#*', 'BatchGetItem', 'PutItem'),
      onAccess(graph, 'SIGNOUT', 'PutItem'),
      onAccess(graph, 'PERSON#*', 'DeleteItem', 'GetItem', 'Query', 'UpdateItem'),
      onAccess(graph, 'SESSION#*', 'UpdateItem'),
      onAccess(graph, 'SESSIONEND', 'PutItem'),
      onAccess(graph, 'PROOF#*', 'PutItem'),
      // API keys, which it can't change, the hour of their use, and limits.
      onAccess(graph, 'APPLICATION#*', 'GetItem'),
      onAccess(graph, 'APPLICATIONOF#*', 'Query'),
      onAccess(graph, 'KEYUSE#*', 'UpdateItem'),
      onRates(graph, 'BUCKET#*', 'UpdateItem'),
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
    const { id } = one(graph, 'aws:apigatewayv2/api:Api', 'ApiApi')
    const others = [preToken.arn, authorizerArn, issuerArn, one(graph, type, 'InformFunction').inputs.name]
    const permissions = all(graph, 'aws:lambda/permission:Permission')
    const callers = permissions.filter((it) => !others.includes(String(it.inputs.function)))
    expect(callers).toHaveLength([...routeRows, ...exporterRoutes, ...sessionRouteRows].flatMap(routeKeysOf).length)
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
