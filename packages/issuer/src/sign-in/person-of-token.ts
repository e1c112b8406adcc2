/** The person of a token that a provider has just given. */
import { AppError } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'
import type { SignedInPerson } from './signed-in-person.ts'

/**
 * Verifies a provider's token, and returns its person.
 * @throws UNAUTHENTICATED for a token that is not accepted, UNAVAILABLE when it can't be judged or names no sign-in
 */
export async function signedInPerson(
  token: string,
  identity: Pick<Identity, 'requireCaller'>,
): Promise<SignedInPerson> {
  const user = await identity.requireCaller({ authorization: `Bearer ${token}` })
  const { id: personId, authenticatedAt: authTime, loginId } = user
  if (user.kind !== 'user' || authTime === undefined || loginId === undefined)
    throw new AppError('UNAVAILABLE', 'the provider gave a token without a sign-in')
  const { issuer, subject, name, groups, scopes } = user
  return { personId, authTime, loginId, issuer, subject, name, groups: [...groups], scopes: [...scopes] }
}
