/** A sign-in by token exchange: the further result is a refresh token (RFC 8693 §2.2.1). */
import type { TokenEndpointGrantContext } from 'oidc-provider'
import { ExchangeRefusal } from '../exchange/exchange-refusal.ts'
import { type TakeOnce, takeIdToken } from '../sign-in/id-token-use.ts'
import type { Exchange } from './exchange-grant.ts'
import { type GrantParts, storeGrant } from './sign-in-grant.ts'

/** What a sign-in needs. */
export interface SignInExchangeParts extends GrantParts {
  readonly takeOnce: TakeOnce
}

/**
 * The refresh token of a sign-in; undefined for an exchange that has none. Each ID token signs in once: one that is
 * found later, in a log or a page, starts nothing.
 * @throws ExchangeRefusal for an ID token that was used
 */
export async function refreshTokenFor(
  parts: SignInExchangeParts,
  { oidc: { client } }: TokenEndpointGrantContext,
  { grant, request, subject, scopes }: Exchange,
): Promise<string | undefined> {
  if (!('refreshSeconds' in grant)) return undefined
  if (!(await takeIdToken(parts.takeOnce, request.subjectToken, subject.expiresAt)))
    throw new ExchangeRefusal('invalid_request', 'subject_token is not valid', 'used before')
  const { target } = request
  const { personId, authTime } = subject
  const expiresAt = authTime + grant.refreshSeconds
  const { jti: grantId } = await storeGrant(parts, subject, {
    ...{ clientId: client.clientId, target, scopes, expiresAt },
  })
  const token = new parts.provider.RefreshToken({
    accountId: personId,
    client,
    grantId,
    gty: 'token_exchange',
  } as never)
  Object.assign(token, { authTime, resource: target, scope: scopes.join(' '), exp: expiresAt })
  return token.save()
}
