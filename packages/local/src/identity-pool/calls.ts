/**
 * `GetId` and `GetCredentialsForIdentity` of the identity pool
 * (https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_Operations.html). There is no guest, and no call
 * of the classic flow.
 */
import type { LocalIssuer } from '../issuers/local-issuers.ts'
import { type Claims, clientId } from '../issuers/token-claims.ts'
import { TokenFault, tokenSigner } from '../issuers/token-signer.ts'
import type { Call } from '../pool/api/call-parts.ts'
import { CallRefusal } from '../pool/api/call-refusal.ts'
import { type Input, map, text } from '../pool/api/members.ts'
import type { CredentialStore } from './credentials.ts'
import { identityIdOf, identityPoolId, provider } from './iam-fields.ts'
import type { IsRevokedSignIn } from './revoked-sign-ins.ts'

/** What the calls use. */
export interface IdentityPoolParts {
  /** The user pool. */
  readonly userPool: LocalIssuer
  /** Whether the user pool knows the sign-in of a verified token, and has not ended it. */
  readonly isCurrent: (claims: Claims) => Promise<boolean>
  readonly credentials: CredentialStore
  readonly isRevoked: IsRevokedSignIn
}

const invalidToken = new CallRefusal(
  'NotAuthorizedException',
  'Invalid login token. Not a valid OpenID Connect identity token.',
)

const signedOut = new CallRefusal('NotAuthorizedException', 'Token is not valid: the sign-in was ended.')

/** The calls by name. Neither needs a signature: the token of the user pool is the credential. */
export function createIdentityPoolCalls({
  userPool,
  isCurrent,
  credentials,
  isRevoked,
}: IdentityPoolParts): ReadonlyMap<string, Call> {
  const { verify } = tokenSigner(userPool, clientId)

  /**
   * The subject of the ID token in `Logins`. Only tokens of the web app's client are taken, and none of a sign-in that
   * was ended, which AWS looks up at the user pool (`ServerSideTokenCheck`), or that is revoked.
   */
  async function subjectOf(input: Input): Promise<string> {
    if (input.Logins === undefined)
      throw new CallRefusal('NotAuthorizedException', 'Unauthenticated access is not supported for this identity pool.')
    const logins = map(input, 'Logins')
    if (Object.keys(logins).join() !== provider)
      throw new CallRefusal('NotAuthorizedException', 'Token is not from a supported provider of this identity pool.')
    const claims = await verify(text(logins, provider, `Logins.${provider}`), Date.now()).catch((thrown) => {
      throw thrown instanceof TokenFault ? invalidToken : thrown
    })
    if (claims.token_use !== 'id') throw invalidToken
    if (!(await isCurrent(claims)) || (await isRevoked(claims))) throw signedOut
    return String(claims.sub)
  }

  async function getId(input: Input): Promise<object> {
    if (text(input, 'IdentityPoolId') !== identityPoolId)
      throw new CallRefusal('ResourceNotFoundException', 'IdentityPool not found.')
    return { IdentityId: identityIdOf(await subjectOf(input)) }
  }

  async function getCredentials(input: Input): Promise<object> {
    const identityId = text(input, 'IdentityId')
    const subject = await subjectOf(input)
    if (identityId !== identityIdOf(subject))
      throw new CallRefusal('NotAuthorizedException', 'Logins don’t match the identity.')
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = credentials.issue({ identityId, subject })
    return {
      IdentityId: identityId,
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: expiresAt,
      },
    }
  }

  return new Map([
    ['GetId', { run: getId }],
    ['GetCredentialsForIdentity', { run: getCredentials }],
  ])
}
