/** The trigger of the user pool as deployed. */
import { describe, expect, inject, it } from 'vitest'
import { preToken as trigger } from '../src/deployed.ts'
import { all, one, statementsOf, trustOf } from './find-resources.ts'

const graph = inject('production')
const role = one(graph, 'aws:iam/role:Role', 'GraphqlRole')
const type = 'aws:lambda/function:Function'

const preToken = { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:fieldnotes-production-pre-token' }

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
