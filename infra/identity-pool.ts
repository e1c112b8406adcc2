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

/**
 * Has no permission yet: it only identifies the person. A route for signed requests would add its one permission here.
 */
const signedIn = new aws.iam.Role('PeopleRole', {
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
