/** `accounts:signInWithPassword`. An unknown address and a wrong password have one response, after the same work. */
import type { Account } from '../account-record.ts'
import { apiError, required } from '../api-error.ts'
import { fields } from '../input.ts'
import { isPassword } from '../passwords.ts'
import { parseEmail } from './checks.ts'
import { type Context, operation } from './define-operation.ts'

const { email, password } = fields

/** The account with this address, read anew: it may have been changed while the password was checked. */
function accountWith({ accounts }: Context, email: string, password: string | undefined): Account {
  const account = accounts.withEmail(email)
  if (!account || account.password !== password) throw apiError('INVALID_LOGIN_CREDENTIALS')
  if (account.disabled) throw apiError('USER_DISABLED')
  return account
}

/** Signs a person in by address and password. */
export const signInWithPassword = operation({ email, password }, async (context, input) => {
  const email = parseEmail(input.email)
  const password = required(input.password, 'MISSING_PASSWORD')
  const hash = context.accounts.withEmail(email)?.password
  if (!(await context.attempts.run(email, () => isPassword(password, hash))))
    throw apiError('INVALID_LOGIN_CREDENTIALS')
  const account = context.accounts.put({ ...accountWith(context, email, hash), lastLoginAt: context.now() })
  return {
    kind: 'identitytoolkit#VerifyPasswordResponse',
    registered: true,
    ...{ localId: account.localId, email },
    ...(await context.tokens.issue(account, 'password')),
  }
})
