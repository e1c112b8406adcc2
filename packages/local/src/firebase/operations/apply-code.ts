/** Uses codes that were sent by e-mail: a new password, a verified address, a changed address. */
import type { Account } from '../account-record.ts'
import { apiError, required } from '../api-error.ts'
import type { Code, CodeType } from '../codes.ts'
import { fields } from '../input.ts'
import { revocation } from '../new-account.ts'
import { newPassword } from './checks.ts'
import { type Context, operation } from './define-operation.ts'

const { oobCode, newPassword: password } = fields

/**
 * The account to which the code was sent. A code is invalid when the account no longer has the address, and when its
 * tokens have been ended: the holder of an old password may have requested it.
 */
function accountOf({ accounts }: Context, { localId, email, epoch }: Code): Account {
  const account = accounts.get(localId)
  if (account?.email !== email || account.epoch !== epoch) throw apiError('INVALID_OOB_CODE')
  if (account.disabled) throw apiError('USER_DISABLED')
  return account
}

/** Consumes a code of one of these types. A code of another type stays valid. */
function useCode({ codes }: Context, oobCode: string, types: readonly CodeType[]): Code {
  if (!types.includes(codes.read(oobCode).requestType)) throw apiError('INVALID_OOB_CODE')
  return codes.use(oobCode)
}

/** `accounts:resetPassword`: says what a code is for; with a new password, sets it and ends all tokens. */
export const resetPassword = operation({ oobCode, newPassword: password }, async (context, input) => {
  const text = required(input.oobCode, 'MISSING_OOB_CODE')
  const { requestType, email, newEmail } = context.codes.read(text)
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
