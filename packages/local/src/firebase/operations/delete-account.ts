/** `accounts:delete`: deletes the account of an ID token, or any account as the owner. */
import { apiError, required } from '../api-error.ts'
import { type Body, fields } from '../input.ts'
import { assertRecent, personOf } from './checks.ts'
import { type Context, operation } from './define-operation.ts'

const response = { kind: 'identitytoolkit#DeleteAccountResponse' }

const deleteOwn = operation({ idToken: fields.idToken }, async (context, { idToken }) => {
  const person = await personOf(context, idToken)
  assertRecent(context, person)
  context.accounts.remove(person.account.localId)
  return response
})

const deleteAsOwner = operation({ localId: fields.localId }, ({ accounts }, input) => {
  const localId = required(input.localId, 'MISSING_LOCAL_ID')
  if (!accounts.get(localId)) throw apiError('USER_NOT_FOUND')
  accounts.remove(localId)
  return response
})

/** Deletes an account with its tokens. */
export function deleteAccount(context: Context, body: Body): Promise<object> {
  return context.isOwner && body.idToken === undefined ? deleteAsOwner(context, body) : deleteOwn(context, body)
}
