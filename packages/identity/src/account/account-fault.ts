/** Judges the account behind a principal. */
import type { Known } from '@fieldnotes/core/principal'
import type { Refusal } from '../refusals.ts'

/** The members of firebase-admin's `UserRecord` that are judged. */
export interface Account {
  readonly disabled: boolean
  /** When all sign-ins were revoked: a UTC date as text. Earlier sign-ins are no longer valid. */
  readonly tokensValidAfterTime?: string | undefined
}

/**
 * Returns why the account is not in order; `undefined` when it is. Pass `undefined` for an account that does not exist.
 * The rule for revoked sign-ins is that of firebase-admin's `verifyIdToken(token, true)`.
 */
export function accountFault(account: Account | undefined, { authenticatedAt = 0 }: Known): Refusal | undefined {
  if (account === undefined) return 'account_deleted'
  if (account.disabled) return 'account_disabled'
  const { tokensValidAfterTime } = account
  const revoked = tokensValidAfterTime !== undefined && !(authenticatedAt * 1000 >= Date.parse(tokensValidAfterTime))
  return revoked ? 'login_revoked' : undefined
}
