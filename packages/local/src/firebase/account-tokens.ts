/** ID tokens and refresh tokens of accounts. */
import { TokenFault, type TokenSigner } from '../issuers/token-signer.ts'
import type { Account, Provider } from './account-record.ts'
import type { Accounts } from './accounts.ts'
import { apiError } from './api-error.ts'
import { datedAhead } from './new-account.ts'
import { openSignIn, type SignIn, sealSignIn } from './refresh-tokens.ts'

/** A person whose token was verified just now. */
export interface Person {
  readonly account: Account
  readonly provider: Provider
  /** Time of the sign-in, in seconds since the epoch. */
  readonly authTime: number
}

/** The members of a response that signs a person in. */
export interface IssuedTokens {
  readonly idToken: string
  readonly refreshToken: string
  /** Seconds, as text. */
  readonly expiresIn: string
}

/** Issues tokens, and reads those that come back. */
export interface Tokens {
  readonly issue: (account: Account, provider: Provider, authTime?: number) => Promise<IssuedTokens>
  /** @throws ApiError INVALID_ID_TOKEN, TOKEN_EXPIRED, USER_DISABLED, USER_NOT_FOUND */
  readonly readIdToken: (idToken: string) => Promise<Person>
  /** @throws ApiError INVALID_REFRESH_TOKEN, TOKEN_EXPIRED, USER_DISABLED, USER_NOT_FOUND */
  readonly readRefreshToken: (refreshToken: string) => Person
}

/** Parts that tokens are made of. `now` returns milliseconds since the epoch. */
export interface TokenParts {
  readonly issuer: TokenSigner
  readonly secret: string
  readonly accounts: Accounts
  readonly now: () => number
}

const lifetimeSeconds = 3_600

function identitiesOf({ email, google }: Account) {
  return { ...(email !== undefined && { email: [email] }), ...(google && { 'google.com': [google.rawId] }) }
}

/** Claims as Firebase writes them. Custom claims can't replace those that say who signed in, when and how. */
function claimsOf(account: Account, provider: Provider, times: { readonly iat: number; readonly auth_time: number }) {
  const { localId, email, displayName, photoUrl, customAttributes = '{}' } = account
  return {
    ...(displayName !== undefined && { name: displayName }),
    ...(photoUrl !== undefined && { picture: photoUrl }),
    ...JSON.parse(customAttributes),
    ...times,
    user_id: localId,
    sub: localId,
    exp: times.iat + lifetimeSeconds,
    ...(email !== undefined && { email, email_verified: account.emailVerified }),
    firebase: { identities: identitiesOf(account), sign_in_provider: provider },
  }
}

/** Seconds since the epoch. After a revocation just now it is the first second at which tokens are valid again. */
function issuedAt({ validSince }: Account, now: number): number {
  const second = Math.floor(now / 1000)
  return datedAhead(validSince, second) ? validSince : second
}

/** The account of a verified token. */
function assertUsable(account: Account | undefined, isCurrent: (account: Account) => boolean): Account {
  if (!account) throw apiError('USER_NOT_FOUND')
  if (account.disabled) throw apiError('USER_DISABLED')
  if (!isCurrent(account)) throw apiError('TOKEN_EXPIRED')
  return account
}

/** Tokens of the accounts. */
export function createTokens({ issuer, secret, accounts, now }: TokenParts): Tokens {
  const verify = async (idToken: string) => {
    try {
      return await issuer.verify(idToken, now())
    } catch (error) {
      const isExpired = error instanceof TokenFault && error.reason === 'expired'
      throw apiError(isExpired ? 'TOKEN_EXPIRED' : 'INVALID_ID_TOKEN')
    }
  }
  return {
    async issue(account, provider, authTime) {
      const iat = issuedAt(account, now())
      const auth_time = authTime ?? iat
      const signIn: SignIn = { localId: account.localId, provider, authTime: auth_time, epoch: account.epoch }
      const idToken = await issuer.sign(claimsOf(account, provider, { iat, auth_time }))
      return { idToken, refreshToken: sealSignIn(secret, signIn), expiresIn: String(lifetimeSeconds) }
    },
    async readIdToken(idToken) {
      const { sub, iat, auth_time, firebase } = await verify(idToken)
      const account = assertUsable(accounts.get(String(sub)), ({ validSince }) => Number(iat) >= validSince)
      const { sign_in_provider } = (firebase ?? {}) as { sign_in_provider?: unknown }
      const provider = sign_in_provider === 'google.com' ? 'google.com' : 'password'
      return { account, provider, authTime: Number(auth_time) }
    },
    readRefreshToken(refreshToken) {
      const { localId, provider, authTime, epoch } = openSignIn(secret, refreshToken)
      return { account: assertUsable(accounts.get(localId), (found) => found.epoch === epoch), provider, authTime }
    },
  }
}
