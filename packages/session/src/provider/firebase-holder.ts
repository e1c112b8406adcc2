/** Our own issuer, which holds the sessions of people of Firebase. */
import { AppError } from '@fieldnotes/core/error'
import * as client from 'openid-client'
import type { OwnIssuerConfig } from '../config.ts'
import {
  attempted,
  type ClientOptions,
  confidentialClient,
  type RefreshTokens,
  refreshTokensAt,
  type Tokens,
  tokensOf,
} from './oauth-client.ts'

/** Our own issuer, for people of Firebase. */
export interface OwnIssuer extends RefreshTokens {
  /**
   * Exchanges an ID token of Firebase (RFC 8693), which the issuer takes once. @throws UNAUTHENTICATED for a token that
   * it refuses; UNAVAILABLE
   */
  readonly exchange: (idToken: string) => Promise<Tokens & { readonly refreshToken: string }>
}

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const idTokenType = 'urn:ietf:params:oauth:token-type:id_token'

/** Creates the client of our own issuer. Its tokens are for `resource`. */
export function createOwnIssuer(config: OwnIssuerConfig, resource: string, options: ClientOptions): OwnIssuer {
  const configuration = confidentialClient(config, {}, options)
  const exchange = async (subject_token: string) => {
    const parameters = { subject_token, subject_token_type: idTokenType, resource }
    const answer = await client.genericGrantRequest(configuration, exchangeGrant, parameters).catch(refused)
    return withRefreshToken(tokensOf(answer))
  }
  return { ...refreshTokensAt(configuration), exchange: (idToken) => attempted(() => exchange(idToken)) }
}

/** A subject token that is refused is `invalid_request` (RFC 8693 §2.2.2). */
function refused(error: unknown): never {
  if (!(error instanceof client.ResponseBodyError && error.error === 'invalid_request')) throw error
  throw new AppError('UNAUTHENTICATED', 'firebase_token_refused')
}

function withRefreshToken({ accessToken, refreshToken }: Tokens) {
  if (refreshToken !== undefined) return { accessToken, refreshToken }
  throw new AppError('UNAVAILABLE', 'our own issuer gave no refresh token')
}
