/** What an HTTP API says of a caller with credentials of an identity pool (payload format 2.0). */
import { createHash } from 'node:crypto'
import { poolId } from '../pool/token-contents.ts'

/** Id of the laptop's identity pool. */
export const identityPoolId = 'eu-west-1:10ca1000-0000-4000-8000-000000000001'

/** The laptop's user pool, as an identity pool names it. */
export const provider = `cognito-idp.eu-west-1.amazonaws.com/${poolId}`

/** The identity of a person: the same each time. */
export function identityIdOf(subject: string): string {
  const hex = createHash('sha256').update(`${identityPoolId} ${subject}`).digest('hex')
  return `eu-west-1:${hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')}`
}

/** `requestContext.authorizer.iam`. A role or a user of IAM has `cognitoIdentity: null`. */
export function iamFields({ accessKeyId, identityId, subject }: IamCaller): Readonly<Record<string, unknown>> {
  return {
    accessKey: accessKeyId,
    accountId: '000000000000',
    callerId: 'AROALOCALPEOPLE:CognitoIdentityCredentials',
    cognitoIdentity: {
      amr: ['authenticated', provider, `${provider}:CognitoSignIn:${subject}`],
      identityId,
      identityPoolId,
    },
    principalOrgId: null,
    userArn: 'arn:aws:sts::000000000000:assumed-role/PeopleRole/CognitoIdentityCredentials',
    userId: 'AROALOCALPEOPLE:CognitoIdentityCredentials',
  }
}

interface IamCaller {
  readonly accessKeyId: string
  readonly identityId: string
  readonly subject: string
}
