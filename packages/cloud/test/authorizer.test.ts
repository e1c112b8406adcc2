/** The first of the two locks as deployed, and whose signed requests the endpoint answers. */
import { parseConfig } from '@fieldnotes/api/parse-config'
import { describe, expect, inject, it } from 'vitest'
import { authorizer as builtAuthorizer } from '../src/deployed.ts'
import { all, onAccess, one, statementsOf } from './find-resources.ts'

const graph = inject('production')
const type = 'aws:lambda/function:Function'

const authorizerArn = `arn:aws:lambda:eu-west-1:123456789012:function:${one(graph, type, 'AuthorizerFunction').inputs.name}`

describe('authorizer', () => {
  const own = one(graph, 'aws:iam/role:Role', 'AuthorizerRole')

  it('is built as its own tests build it', () => {
    const { handler, properties } = builtAuthorizer
    expect(graph.builds.Authorizer).toMatchObject({ handler, properties: { ...properties, architecture: 'arm64' } })
  })

  it('reads revocations and writes its log, and may do nothing else: no note, no session', () => {
    expect(statementsOf(own)).toEqual([
      onAccess(graph, 'REVOKED', 'Query'),
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
    const api = one(graph, 'aws:apigatewayv2/api:Api', 'ApiApi').id
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
