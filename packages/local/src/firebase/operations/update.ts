/** `accounts:update`: changes the account of an ID token, applies a code, or changes any account as the owner. */
import type { Account } from '../account-record.ts'
import { apiError, required } from '../api-error.ts'
import { type Body, fields, type Input } from '../input.ts'
import { revocation } from '../new-account.ts'
import { applyCode } from './apply-code.ts'
import { assertRecent, personOf } from './checks.ts'
import { assertCustomClaims } from './custom-claims.ts'
import { type Context, type Operation, operation } from './define-operation.ts'
import { assertReachable, changesSignIn, given, profileChanges, profileFields, secretOf, updated } from './profile.ts'

const { idToken, localId, customAttributes, disableUser, emailVerified, validSince } = fields
const own = { ...profileFields, idToken }
const asOwner = { ...profileFields, localId, customAttributes, disableUser, emailVerified, validSince }

/** Fields of the real API that are off here. They are refused, because ignoring them would look like success. */
const off = ['phoneNumber', 'mfa', 'linkProviderUserInfo', 'upgradeToFederatedLogin', 'provider', 'deletePasskey']

async function updateOwn(context: Context, input: Input<typeof own>) {
  const person = await personOf(context, input.idToken)
  if (changesSignIn(input)) assertRecent(context, person)
  const secret = await secretOf(input, context.now())
  const { account } = await personOf(context, input.idToken)
  const changes = profileChanges(account, input, { secret, now: context.now() })
  const changed = { ...account, ...changes }
  assertReachable(changed)
  const stored = context.accounts.put(changed)
  if (input.password !== undefined) forgetFailures(context, stored)
  return { ...updated(stored), ...(changes.epoch && (await context.tokens.issue(stored, person.provider))) }
}

function forgetFailures({ attempts }: Context, { email }: Account): void {
  if (email !== undefined) attempts.forget(email)
}

function accountOf({ accounts }: Context, localId: string | undefined): Account {
  const account = accounts.get(required(localId, 'MISSING_LOCAL_ID'))
  if (!account) throw apiError('USER_NOT_FOUND')
  return account
}

async function changeAsOwner(context: Context, input: Input<typeof asOwner>) {
  const { customAttributes, disableUser, emailVerified, validSince } = input
  if (customAttributes !== undefined) assertCustomClaims(customAttributes)
  accountOf(context, input.localId)
  const secret = await secretOf(input, context.now())
  const account = accountOf(context, input.localId)
  const changes = profileChanges(account, input, { secret, now: context.now() })
  const revoked = validSince === undefined ? {} : { ...revocation(account, context.now()), validSince }
  const members = given({ customAttributes, disabled: disableUser, emailVerified })
  return updated(context.accounts.put({ ...account, ...changes, ...members, ...revoked }))
}

const changeOwn = operation(own, updateOwn)
const changeAny = operation(asOwner, changeAsOwner)

function wayOf({ isOwner }: Context, body: Body): Operation {
  if (body.oobCode !== undefined) return applyCode
  return isOwner && body.idToken === undefined ? changeAny : changeOwn
}

/** Fields that only the owner may set. */
const ownersFields = ['customAttributes', 'disableUser', 'emailVerified', 'validSince', 'localId']

function has(body: Body, names: readonly string[]): boolean {
  return names.some((name) => body[name] !== undefined && body[name] !== null)
}

/** Changes an account. */
export async function update(context: Context, body: Body): Promise<object> {
  if (has(body, off)) throw apiError('OPERATION_NOT_ALLOWED')
  const way = wayOf(context, body)
  if (way !== changeAny && has(body, ownersFields)) throw apiError('INSUFFICIENT_PERMISSION')
  return way(context, body)
}
