/** `token` of the Secure Token API: a new ID token for a refresh token (RFC 6749 §6). */
import { apiError, required } from '../api-error.ts'
import { fields } from '../input.ts'
import { operation } from './define-operation.ts'

const { grantType, refreshToken } = fields

/** Continues a sign-in. The refresh token stays the same. */
export const refresh = operation({ grantType, refreshToken }, async ({ tokens, projectId }, input) => {
  if (required(input.grantType, 'MISSING_GRANT_TYPE') !== 'refresh_token') throw apiError('INVALID_GRANT_TYPE')
  const { account, provider, authTime } = tokens.readRefreshToken(required(input.refreshToken, 'MISSING_REFRESH_TOKEN'))
  const { idToken, refreshToken, expiresIn } = await tokens.issue(account, provider, authTime)
  return {
    ...{ id_token: idToken, access_token: idToken, refresh_token: refreshToken, expires_in: expiresIn },
    ...{ token_type: 'Bearer', user_id: account.localId, project_id: projectId },
  }
})
