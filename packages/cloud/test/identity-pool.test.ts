/** AWS credentials of signed-in people. */
import { credentialSecondsMax } from '@fieldnotes/identity/signed-requests'
import { describe, expect, inject, it } from 'vitest'
import { all, one, statementsOf, trustOf } from './find-resources.ts'

const graph = inject('production')
const everything = inject('everything')
const clientType = 'aws:cognito/userPoolClient:UserPoolClient'

describe('identity pool', () => {
  it('takes ID tokens of the web app alone, so that no other client’s token gets its scopes', () => {
    const { cognitoIdentityProviders } = one(graph, 'aws:cognito/identityPool:IdentityPool').inputs
    const trusted = (cognitoIdentityProviders as { readonly clientId: string }[]).map(({ clientId }) => clientId)
    expect(trusted).toEqual([one(graph, clientType, 'WebClient').id])
  })

  it('has no guests and no classic flow', () => {
    expect(one(graph, 'aws:cognito/identityPool:IdentityPool').inputs).toMatchObject({
      allowUnauthenticatedIdentities: false,
      allowClassicFlow: false,
      cognitoIdentityProviders: [{ serverSideTokenCheck: true }],
    })
    const { roles } = one(graph, 'aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment').inputs
    expect(Object.keys(roles as object)).toEqual(['authenticated'])
  })

  it('gives people a role that may call one route, and to people of this pool alone', () => {
    const role = one(graph, 'aws:iam/role:Role', 'PeopleRole')
    const api = one(graph, 'aws:apigatewayv2/api:Api', 'ApiApi').id
    expect(statementsOf(role)).toEqual([
      {
        Effect: 'Allow',
        Action: ['execute-api:Invoke'],
        Resource: [`arn:aws:execute-api:eu-west-1:123456789012:${api}/$default/POST/iam/graphql`],
      },
    ])
    expect(role.inputs.maxSessionDuration).toBe(credentialSecondsMax)
    expect(role.inputs.managedPolicyArns).toBeUndefined()
    expect(trustOf(role)).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Principal: { Federated: ['cognito-identity.amazonaws.com'] },
        Condition: {
          StringEquals: {
            'cognito-identity.amazonaws.com:aud': [one(graph, 'aws:cognito/identityPool:IdentityPool').id],
          },
          'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': ['authenticated'] },
        },
      },
    ])
  })

  it('and the functions have the only roles there are', () => {
    expect(
      all(everything, 'aws:iam/role:Role')
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'AuthorizerRole',
      'EntryRole',
      'ExporterRole',
      'GraphqlRole',
      'InformRole',
      'IssuerRole',
      'PeopleRole',
      'SessionRole',
      'UsersTriggerpreTokenGenerationRole',
    ])
  })
})
