import { gateway } from './gateway'
import { userPool } from './user-pool'
import { web } from './user-pool-clients'

/**
 * AWS credentials for signed-in people; guests get none. Built from AWS resources, because SST's component always
 * creates a guest role, and lets both roles call Cognito Sync and Mobile Analytics.
 */
export const identityPool = new aws.cognito.IdentityPool('People', {
  identityPoolName: `${$app.name}-${$app.stage}`,
  allowUnauthenticatedIdentities: false,
  // The classic flow would let a client choose another role.
  allowClassicFlow: false,
  cognitoIdentityProviders: [
    { clientId: web.id, providerName: userPool.nodes.userPool.endpoint, serverSideTokenCheck: true },
  ],
})

/** The one thing that people with AWS credentials may do: send signed requests to this route. */
const mayCall = aws.iam.getPolicyDocumentOutput({
  statements: [
    {
      actions: ['execute-api:Invoke'],
      resources: [$interpolate`${gateway.nodes.api.executionArn}/$default/POST/iam/graphql`],
    },
  ],
}).json

/** The role of signed-in people. */
const signedIn = new aws.iam.Role('PeopleRole', {
  name: `${$app.name}-${$app.stage}-people`,
  inlinePolicies: [{ name: 'call', policy: mayCall }],
  // Seconds for which a stolen credential is useful, at most.
  maxSessionDuration: 3600,
  assumeRolePolicy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ['sts:AssumeRoleWithWebIdentity'],
        principals: [{ type: 'Federated', identifiers: ['cognito-identity.amazonaws.com'] }],
        conditions: [
          { test: 'StringEquals', variable: 'cognito-identity.amazonaws.com:aud', values: [identityPool.id] },
          {
            test: 'ForAnyValue:StringLike',
            variable: 'cognito-identity.amazonaws.com:amr',
            values: ['authenticated'],
          },
        ],
      },
    ],
  }).json,
})

new aws.cognito.IdentityPoolRoleAttachment('PeopleRoles', {
  identityPoolId: identityPool.id,
  roles: { authenticated: signedIn.arn },
})
