/** Checks that several operations share. */
import { isEmailAddress } from '../../email-address.ts'
import type { Person } from '../account-tokens.ts'
import { apiError, type ErrorCode, required } from '../api-error.ts'
import { hashPassword } from '../passwords.ts'
import type { Context } from './define-operation.ts'

/** The address in lower case. @throws ApiError INVALID_EMAIL, or `missing` when there is none */
export function parseEmail(email: string | undefined, missing: ErrorCode = 'MISSING_EMAIL'): string {
  const text = required(email, missing).toLowerCase()
  if (!isEmailAddress(text)) throw apiError('INVALID_EMAIL')
  return text
}

/** Members of an account for a new password. @throws ApiError WEAK_PASSWORD for fewer than 6 characters */
export async function newPassword(password: string, now: number) {
  if (password.length < 6) throw apiError('WEAK_PASSWORD')
  return { password: await hashPassword(password), passwordUpdatedAt: now }
}

/** The person of `idToken`. @throws ApiError MISSING_ID_TOKEN, or as `readIdToken` */
export function personOf({ tokens }: Context, idToken: string | undefined): Promise<Person> {
  return tokens.readIdToken(required(idToken, 'MISSING_ID_TOKEN'))
}

const recentSeconds = 300

/** @throws ApiError CREDENTIAL_TOO_OLD_LOGIN_AGAIN when the sign-in is older than 5 minutes */
export function assertRecent({ now }: Context, { authTime }: Person): void {
  if (now() / 1000 - authTime > recentSeconds) throw apiError('CREDENTIAL_TOO_OLD_LOGIN_AGAIN')
}

/** @throws ApiError UNAUTHORIZED_DOMAIN for a URL that is not on this machine, INVALID_CONTINUE_URI for no URL */
export function assertLocalUrl(text: string | undefined): void {
  if (text === undefined || text === '') return
  const url = URL.parse(text)
  if (!url) throw apiError('INVALID_CONTINUE_URI')
  if (!isLocalUrl(text)) throw apiError('UNAUTHORIZED_DOMAIN')
}

/** Whether a URL is one of this machine, over http or https. */
export function isLocalUrl(text: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(text) ?? {}
  return /^https?:$/.test(protocol) && /^(localhost|127\.0\.0\.1)$/.test(hostname)
}
