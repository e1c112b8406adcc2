/** `accounts:signUp`: creates an account, or adds a password to the account of an ID token. */
import type { Account } from '../account-record.ts'
import { apiError, required } from '../api-error.ts'
import { type Body, fields, type Input } from '../input.ts'
import { newAccount, newLocalId, revocation } from '../new-account.ts'
import { assertRecent, newPassword, parseEmail, personOf } from './checks.ts'
import { type Context, operation } from './define-operation.ts'

const { email, password, displayName, photoUrl, idToken, localId, emailVerified, disabled } = fields
const own = { email, password, displayName, idToken, localId }
const asOwner = { email, password, displayName, photoUrl, localId, emailVerified, disabled }

function response({ localId, email, displayName }: Account) {
  return { kind: 'identitytoolkit#SignupNewUserResponse', localId, email, displayName }
}

/** An account without address is anonymous. Those are off, because `identity` refuses their tokens. */
function assertNotAnonymous({ email, password, idToken }: Input<typeof own>): void {
  if (email === undefined && password === undefined && idToken === undefined) throw apiError('ADMIN_ONLY_OPERATION')
}

async function createOwn(context: Context, input: Input<typeof own>) {
  if (input.localId !== undefined) throw apiError('INSUFFICIENT_PERMISSION')
  assertNotAnonymous(input)
  const email = parseEmail(input.email)
  const secret = await newPassword(required(input.password, 'MISSING_PASSWORD'), context.now())
  if (input.idToken !== undefined) return addPassword(context, input.idToken, { email, ...secret })
  const { displayName } = input
  const created = { ...newAccount(newLocalId(), context.now()), email, displayName, ...secret }
  const account = context.accounts.put(created)
  return { ...response(account), ...(await context.tokens.issue(account, 'password')) }
}

type Secret = Pick<Account, 'email' | 'password' | 'passwordUpdatedAt'>

/** `linkWithCredential` of the SDK. A changed address is not verified; earlier tokens end. */
async function addPassword(context: Context, idToken: string, secret: Secret) {
  const person = await personOf(context, idToken)
  assertRecent(context, person)
  const { account } = person
  const emailVerified = account.emailVerified && account.email === secret.email
  const changed = context.accounts.put({ ...account, ...secret, emailVerified, ...revocation(account, context.now()) })
  return { ...response(changed), ...(await context.tokens.issue(changed, 'password')) }
}

/** Creates an account without signing it in. */
async function createAsOwner({ accounts, now }: Context, input: Input<typeof asOwner>) {
  const { localId = newLocalId(), displayName, photoUrl, emailVerified = false, disabled = false } = input
  const email = input.email === undefined ? undefined : parseEmail(input.email)
  const secret = input.password === undefined ? {} : await newPassword(input.password, now())
  if (accounts.get(localId)) throw apiError('DUPLICATE_LOCAL_ID')
  const members = { email, displayName, photoUrl, emailVerified, disabled }
  return response(accounts.put({ ...newAccount(localId, now()), ...members, ...secret }))
}

const signUpOwn = operation(own, createOwn)
const signUpAsOwner = operation(asOwner, createAsOwner)

/** Creates an account. */
export function signUp(context: Context, body: Body): Promise<object> {
  return context.isOwner ? signUpAsOwner(context, body) : signUpOwn(context, body)
}
