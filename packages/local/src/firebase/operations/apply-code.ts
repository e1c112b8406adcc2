/** Uses codes that were sent by e-mail: a new password, a verified address, a changed address. */
import type { Account } from '../account-record.ts'
import { ApiError, apiError, required } from '../api-error.ts'
import type { Code, CodeType } from '../codes.ts'
import { fields } from '../input.ts'
import { revocation } from '../new-account.ts'
import { newPassword } from './checks.ts'
import { type Context, operation, type Parts } from './define-operation.ts'

const { oobCode, newPassword: password } = fields

/**
 * The account to which the code was sent. A code is invalid when the account no longer has the address, and when its
 * tokens have been ended: the holder of an old password may have requested it.
 * @throws ApiError INVALID_OOB_CODE, USER_DISABLED, EMAIL_EXISTS
 */
function accountOf({ accounts }: Parts, { localId, email, epoch, newEmail }: Code): Account {
  const account = accounts.get(localId)
  if (account?.email !== email || account.epoch !== epoch) throw apiError('INVALID_OOB_CODE')
  if (account.disabled) throw apiError('USER_DISABLED')
  if (newEmail !== undefined && accounts.withEmail(newEmail)) throw apiError('EMAIL_EXISTS')
  return account
}

/** A code that can be used now. @throws ApiError EXPIRED_OOB_CODE, or why its account does not take it any more */
export function readCode(parts: Parts, oobCode: string): Code {
  const code = parts.codes.read(oobCode)
  accountOf(parts, code)
  return code
}

/** Whether a code can be used now. */
export function isUsable(parts: Parts, { oobCode }: Code): boolean {
  try {
    return readCode(parts, oobCode) !== undefined
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

/** Consumes a code of one of these types. A code of another type stays valid. */
function useCode(context: Context, oobCode: string, types: readonly CodeType[]): Code {
  if (!types.includes(readCode(context, oobCode).requestType)) throw apiError('INVALID_OOB_CODE')
  return context.codes.use(oobCode)
}

/** `accounts:resetPassword`: says what a code is for; with a new password, sets it and ends all tokens. */
export const resetPassword = operation({ oobCode, newPassword: password }, async (context, input) => {
  const text = required(input.oobCode, 'MISSING_OOB_CODE')
  const { requestType, email, newEmail } = readCode(context, text)
  if (input.newPassword) await setPassword(context, text, input.newPassword)
  return { kind: 'identitytoolkit#ResetPasswordResponse', requestType, email, newEmail }
})

/** The password is hashed first: between the use of the code and the change nothing waits. */
async function setPassword(context: Context, oobCode: string, password: string): Promise<void> {
  const secret = await newPassword(password, context.now())
  const code = useCode(context, oobCode, ['PASSWORD_RESET'])
  const account = accountOf(context, code)
  context.accounts.put({ ...account, ...secret, emailVerified: true, ...revocation(account, context.now()) })
  context.attempts.forget(code.email)
}

/** `accounts:update` with a code: `applyActionCode` of the SDK. */
export const applyCode = operation({ oobCode }, (context, input) => {
  const text = required(input.oobCode, 'MISSING_OOB_CODE')
  const code = useCode(context, text, ['VERIFY_EMAIL', 'VERIFY_AND_CHANGE_EMAIL'])
  const account = accountOf(context, code)
  const moved = code.newEmail === undefined ? {} : { email: code.newEmail, ...revocation(account, context.now()) }
  const { localId, email, emailVerified } = context.accounts.put({ ...account, ...moved, emailVerified: true })
  return { kind: 'identitytoolkit#SetAccountInfoResponse', localId, email, emailVerified, newEmail: code.newEmail }
})
